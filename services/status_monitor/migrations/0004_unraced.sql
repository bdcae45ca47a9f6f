-- What was only looked at is still so: no row has changed, no incident has come that a ticket should have met. Asked with
-- the transaction's last statement, under way from here on: an incident that comes later searches when this has ended.
CREATE FUNCTION unraced(kept boolean, meets text[], since timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_current_xact_id();
    IF NOT kept OR EXISTS (SELECT FROM incident_tickets WHERE until > since AND services && meets) THEN
        RAISE EXCEPTION 'another transaction was first' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN true;
END
$$;
