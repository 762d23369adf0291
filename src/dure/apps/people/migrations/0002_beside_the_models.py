"""What the database holds beside the models.

The table of the cache that all processes share (a crash may lose it: counts of the last minutes),
and how the history forgets the name of somebody who closed the account: the only change of it.
"""

from django.db import migrations

CACHE = """
CREATE UNLOGGED TABLE shared_cache (cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""
FORGETTING = """
CREATE FUNCTION closed_address(person bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT format('closed-%s@invalid.invalid', person) $$;
CREATE FUNCTION forget_person(person bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE people_userevent SET name = '', email = closed_address(person)
    WHERE pgh_obj_id = person
        AND EXISTS (SELECT FROM people_user WHERE id = person AND closed_at IS NOT NULL)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE shared_cache"),
        migrations.RunSQL(FORGETTING, "DROP FUNCTION forget_person; DROP FUNCTION closed_address"),
    ]
