"""Full text in Chinese and English, in the database: `words_of` a text, and the `query_of` what somebody typed.

Chinese is cut into its characters and every two neighbours, everything else into words. Migrations of apps that search
run FUNCTIONS; they are the same for all, so any of them may be the first.
"""

from typing import Final

# Scripts that are written without blanks; and what stands between words, which has all that could act in a query.
HAN: Final = r"\u2e80-\u2fff\u3005\u3007\u3041-\U0010ffff"
BETWEEN: Final = r"\s!-/:-@\[-`{-~\u0080-\u00bf\u2000-\u206f\u3000-\u3004\u3006\u3008-\u3040"

# As much of a text as can never make more words than a tsvector holds, and as much of a word as a lexeme may have.
FUNCTIONS: Final = rf"""
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
