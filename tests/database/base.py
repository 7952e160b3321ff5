"""PostgreSQL as the product uses it, which empties and fills itself for a test that commits in a few milliseconds.

Django truncates every table, written to or not, and saves again object by object what the migrations wrote: 1.5 seconds
for each such test. Here only what was written is deleted, and rows are put back from copies in a schema of their own.
"""

from django.db.backends.postgresql import base, creation, operations

WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"
EMPTY = """
DO $$ DECLARE one regclass; written boolean; BEGIN
    FOREACH one IN ARRAY '{{{tables}}}'::regclass[] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO written;
        IF written THEN EXECUTE format('DELETE FROM %s', one); END IF;
    END LOOP;
END $$
"""
KEEP = """
CREATE SCHEMA kept;
DO $$ DECLARE one name; written boolean; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one) INTO written;
        IF written THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', one, one); END IF;
    END LOOP;
END $$
"""
PUT_BACK = """
BEGIN;
SET LOCAL session_replication_role = replica;
DO $$ DECLARE one name; columns text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
        SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
         WHERE attrelid = format('public.%I', one)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('DELETE FROM public.%I', one);
        EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM kept.%I', one, columns, columns, one);
    END LOOP;
END $$;
COMMIT
"""


class DatabaseOperations(operations.DatabaseOperations):
    """Deletes instead of truncating; whoever writes still is waited for, as TRUNCATE does."""

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        if reset_sequences or not tables:
            return super().sql_flush(
                style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
            )
        named = ", ".join(map(self.quote_name, tables))
        lock = f"LOCK TABLE {named} IN SHARE ROW EXCLUSIVE MODE"
        return [WITHOUT_TRIGGERS, lock, EMPTY.format(tables=", ".join(tables))]


class DatabaseCreation(creation.DatabaseCreation):
    """Keeps what the migrations wrote in the database itself."""

    def serialize_db_to_string(self):
        with self.connection.cursor() as cursor:
            cursor.execute(KEEP)
        return "kept"

    def deserialize_db_from_string(self, data):
        with self.connection.cursor() as cursor:
            cursor.execute(PUT_BACK)


class DatabaseWrapper(base.DatabaseWrapper):
    """The same connection."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation
