"""Full text in Chinese and English: which words a text has, and a row of them beside every complaint.

Chinese is cut into its characters and every two neighbours, everything else into words. The row stands apart from the
complaint, so that the sweep, which writes complaints by the thousand, never touches this index.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from callcenter.search.words import FUNCTIONS

ROWS = """
CREATE FUNCTION complaints_words_of(complaint bigint) RETURNS tsvector LANGUAGE sql STABLE AS $$
SELECT words_of(concat_ws(' ', reference, subject, customer_name, account, demand, solution,
           (SELECT string_agg(note, ' ') FROM complaints_step WHERE complaint_id = complaint AND act = 'verify')))
  FROM complaints_complaint WHERE id = complaint
$$;

CREATE FUNCTION complaints_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE complaint bigint;
BEGIN
    IF TG_TABLE_NAME = 'complaints_step' THEN complaint := NEW.complaint_id; ELSE complaint := NEW.id; END IF;
    INSERT INTO complaints_wording (complaint_id, words) VALUES (complaint, complaints_words_of(complaint))
        ON CONFLICT (complaint_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;

CREATE TRIGGER complaint_words_made AFTER INSERT ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_keep_words();
CREATE TRIGGER complaint_words_changed
    AFTER UPDATE OF reference, subject, customer_name, account, demand, solution ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_keep_words();
CREATE TRIGGER complaint_words_found AFTER INSERT ON complaints_step
    FOR EACH ROW WHEN (NEW.act = 'verify') EXECUTE FUNCTION complaints_keep_words();

INSERT INTO complaints_wording (complaint_id, words) SELECT id, complaints_words_of(id) FROM complaints_complaint;
"""
BACK = """
DROP TRIGGER complaint_words_made ON complaints_complaint;
DROP TRIGGER complaint_words_changed ON complaints_complaint;
DROP TRIGGER complaint_words_found ON complaints_step;
DROP FUNCTION complaints_keep_words();
DROP FUNCTION complaints_words_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0013_todo_indexes")]

    operations = [
        # Others may search with them too, so they stay.
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="complaints.complaint",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="complaint_words")
                ]
            },
        ),
        migrations.RunSQL(ROWS, BACK),
    ]
