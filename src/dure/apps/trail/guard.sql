-- What keeps the history as it was written. Run by the owner of the tables after every migration;
-- running it again changes nothing. The words in braces are filled in by operations.guard_history.

-- A setting of the session can switch the triggers of the library off. It must not.
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME)
RETURNS BOOLEAN LANGUAGE sql IMMUTABLE AS 'SELECT FALSE';

-- Who did it, written once: the library would let a later statement change it for earlier events.
CREATE OR REPLACE FUNCTION _pgh_attach_context()
RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql AS $$
DECLARE
    context_id TEXT := nullif(current_setting('pghistory.context_id', true), '');
    context_metadata TEXT := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF context_id IS NULL OR context_metadata IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
        VALUES (context_id::uuid, context_metadata::jsonb, now(), now())
        ON CONFLICT (id) DO NOTHING;
    RETURN context_id::uuid;
END $$;

-- One exception: of somebody who closed the account, the name and the address give way to what
-- forget_person writes, and nothing else does.
CREATE OR REPLACE FUNCTION history_stays() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'people_userevent' AND TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'name' - 'email' = to_jsonb(OLD) - 'name' - 'email'
            AND NEW.name = '' AND NEW.email = closed_address(NEW.pgh_obj_id)
            AND EXISTS (SELECT FROM people_user
                        WHERE id = NEW.pgh_obj_id AND closed_at IS NOT NULL) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The history can be neither changed nor deleted (%).', TG_TABLE_NAME;
END $$;

DO $$
DECLARE
    kept NAME;
    routine REGPROCEDURE;
BEGIN
    FOREACH kept IN ARRAY {tables}::name[] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS history_stays ON %I', kept);
        EXECUTE format('DROP TRIGGER IF EXISTS history_stays_whole ON %I', kept);
        EXECUTE format('CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION history_stays()', kept);
        EXECUTE format('CREATE TRIGGER history_stays_whole BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION history_stays()', kept);
    END LOOP;

    IF {role} = current_user THEN
        RETURN;  -- one role for everything: it owns the triggers and could drop them
    END IF;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', {role});
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', {role});
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I',
                   {role});
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', {role});
    -- The triggers write the history with the rights of its owner; nobody else calls them.
    FOR routine IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
          AND (starts_with(proname, 'pgtrigger_') OR proname = '_pgh_attach_context')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp',
                       routine);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
    END LOOP;
    FOREACH kept IN ARRAY {tables}::name[] LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM %I', kept, {role});
    END LOOP;
END $$;
