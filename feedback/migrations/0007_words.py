"""The words of what is public, kept by the database beside the item, and the orders of the board."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from callcenter.search.words import FUNCTIONS

# An answer is public if it was given before the publication, and stands then; so only publishing changes the words.
ROWS = """
CREATE FUNCTION feedback_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.published_at IS NULL THEN
        DELETE FROM feedback_wording WHERE item_id = NEW.id;
        RETURN NULL;
    END IF;
    INSERT INTO feedback_wording (item_id, words)
    SELECT NEW.id, words_of(concat_ws(' ', NEW.number, NEW.public_subject, NEW.public_text,
               (SELECT text FROM feedback_answer WHERE item_id = NEW.id AND at <= NEW.published_at
                 ORDER BY at DESC, id DESC LIMIT 1)))
        ON CONFLICT (item_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER feedback_keep_words AFTER INSERT OR UPDATE OF published_at, public_subject, public_text ON feedback_item
    FOR EACH ROW EXECUTE FUNCTION feedback_keep_words();
"""
BACK = "DROP TRIGGER feedback_keep_words ON feedback_item; DROP FUNCTION feedback_keep_words();"
PUBLIC = models.Q(published_at__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_deadline")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="feedback.item",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="feedback_words")]
            },
        ),
        migrations.RunSQL(ROWS, BACK),
        *(
            migrations.AddIndex(
                "item",
                models.Index(
                    fields=[*fields, "-published_at", "-id"], name=f"feedback_board_{name}", condition=PUBLIC
                ),
            )
            for name, fields in (
                ("department", ["department"]),
                ("category", ["category"]),
                ("status", ["status"]),
                ("voices", ["-voices"]),
            )
        ),
    ]
