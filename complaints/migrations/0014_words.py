"""Full text in Chinese and English: which words a text has, and a row of them beside every complaint.

Chinese is cut into its characters and every two neighbours, everything else into words. The row stands apart from the
complaint, so that the sweep, which writes complaints by the thousand, never touches this index.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Scripts that are written without blanks; and what stands between words, which has all that could act in a query.
HAN = r"\u2e80-\u2fff\u3005\u3007\u3041-\U0010ffff"
BETWEEN = r"\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u3000-\u3004\u3006\u3008-\u3040"

# As much of a text as can never make more words than a tsvector holds, and as much of a word as a lexeme may have.
FUNCTIONS = rf"""
CREATE OR REPLACE FUNCTION words_of(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
WITH plain AS MATERIALIZED (SELECT lower(normalize(left(given, 50000), NFKC)) AS text),
letters AS MATERIALIZED (
    SELECT letter, lead(letter, 1, ' ') OVER (ORDER BY place) AS next
      FROM plain, string_to_table(regexp_replace(plain.text, '[^{HAN}]+', ' ', 'g'), NULL)
           WITH ORDINALITY AS one(letter, place)),
tokens AS (
    SELECT letter AS token FROM letters WHERE letter <> ' '
    UNION ALL SELECT letter || next FROM letters WHERE letter <> ' ' AND next <> ' '
    UNION ALL SELECT left(word[1], 60) FROM plain, regexp_matches(plain.text, '[^{BETWEEN}{HAN}]+', 'g') AS word)
SELECT coalesce(array_to_tsvector(array_agg(token)), '') FROM tokens
$$;

CREATE OR REPLACE FUNCTION query_of(given text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
WITH runs AS (
    SELECT left(run[1], 60) AS run, place, max(place) OVER () AS last
      FROM regexp_matches(lower(normalize(left(given, 200), NFKC)), '[{HAN}]+|[^{BETWEEN}{HAN}]+', 'g')
           WITH ORDINALITY AS one(run, place)),
tokens AS (
    SELECT CASE WHEN run !~ '^[{HAN}]' THEN '''' || run || CASE WHEN place = last THEN ''':*' ELSE '''' END
                WHEN length(run) = 1 THEN run
                ELSE (SELECT string_agg(substr(run, at, 2), ' & ') FROM generate_series(1, length(run) - 1) AS at)
           END AS token FROM runs)
SELECT string_agg(token, ' & ')::tsquery FROM tokens
$$;
"""  # noqa: S608 (the sets of letters are ours)

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
