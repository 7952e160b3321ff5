"""What the database itself promises about anonymous items, and the old answers and authors in their new places."""

from django.db import migrations

from feedback.keys import random_number

MOVE = """
INSERT INTO feedback_author (item_id, person_id) SELECT id, submitter_id FROM feedback_item;
INSERT INTO feedback_answer (item_id, text, by_id, at)
SELECT id, answer, answered_by_id, answered_at FROM feedback_item WHERE answered_at IS NOT NULL;
UPDATE feedback_item SET released_at = submitted_at, submitted_on = (submitted_at AT TIME ZONE 'Asia/Shanghai')::date,
       silent_until = CASE WHEN answered_at IS NOT NULL THEN now() + interval '7 days' END;
"""
UNLOGGED = "ALTER TABLE feedback_waiting SET UNLOGGED"
FOR_GOOD = """
CREATE FUNCTION feedback_anonymous_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.anonymous IS DISTINCT FROM OLD.anonymous OR NEW.receipt IS DISTINCT FROM OLD.receipt THEN
        RAISE EXCEPTION 'whether an item is anonymous, and its receipt, never change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_anonymous_for_good BEFORE UPDATE ON feedback_item
    FOR EACH ROW EXECUTE FUNCTION feedback_anonymous_for_good();

CREATE FUNCTION feedback_no_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT anonymous FROM feedback_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'an anonymous item has no author' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_no_author BEFORE INSERT OR UPDATE ON feedback_author
    FOR EACH ROW EXECUTE FUNCTION feedback_no_author();

CREATE FUNCTION feedback_claim_by_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feedback_item WHERE id = NEW.item_id AND anonymous AND receipt = NEW.receipt) THEN
        RAISE EXCEPTION 'only the receipt of an anonymous item claims its reward' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_claim_by_receipt BEFORE INSERT OR UPDATE ON feedback_claim
    FOR EACH ROW EXECUTE FUNCTION feedback_claim_by_receipt();

CREATE FUNCTION feedback_word_without_instant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL AND NEW.at IS NOT NULL
       AND (SELECT anonymous FROM feedback_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'of an anonymous author only the day is kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_word_without_instant BEFORE INSERT OR UPDATE ON feedback_word
    FOR EACH ROW EXECUTE FUNCTION feedback_word_without_instant();

CREATE FUNCTION feedback_answer_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM feedback_author WHERE item_id = NEW.item_id AND person_id = NEW.by_id) THEN
        RAISE EXCEPTION 'nobody answers their own item' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feedback_answer_by_another BEFORE INSERT OR UPDATE ON feedback_answer
    FOR EACH ROW EXECUTE FUNCTION feedback_answer_by_another();
"""
UNDO = """
DROP TRIGGER feedback_answer_by_another ON feedback_answer; DROP FUNCTION feedback_answer_by_another();
DROP TRIGGER feedback_word_without_instant ON feedback_word; DROP FUNCTION feedback_word_without_instant();
DROP TRIGGER feedback_claim_by_receipt ON feedback_claim; DROP FUNCTION feedback_claim_by_receipt();
DROP TRIGGER feedback_no_author ON feedback_author; DROP FUNCTION feedback_no_author();
DROP TRIGGER feedback_anonymous_for_good ON feedback_item; DROP FUNCTION feedback_anonymous_for_good();
"""


def number(apps, schema_editor):
    """Give every item a number to speak of, and the house its policy."""
    items = apps.get_model("feedback", "Item").objects
    for item in items.only("pk"):
        items.filter(pk=item.pk).update(number=random_number())
    apps.get_model("feedback", "FeedbackPolicy").objects.create(pk=1)


def forget(apps, schema_editor):
    """Take the policy away again."""
    apps.get_model("feedback", "FeedbackPolicy").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_board")]

    operations = [
        migrations.RunPython(number, forget),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(UNLOGGED, "ALTER TABLE feedback_waiting SET LOGGED"),
        migrations.RunSQL(FOR_GOOD, UNDO),
    ]
