-- A ticket as status-monitor keeps it. A row without a number is a place kept for what was said before TicketOpened:
-- it is what page and log both lock, so that neither misses what the other brought.
CREATE TABLE tickets (
    ticket_id uuid PRIMARY KEY,
    number text,
    partition smallint,
    account text,
    state text,
    services text[] NOT NULL DEFAULT '{}',
    next_due timestamptz,
    notify_due timestamptz,
    maintenances text[] NOT NULL DEFAULT '{}',
    held text[] NOT NULL DEFAULT '{}',
    waits_for text,
    opened jsonb,
    data jsonb NOT NULL DEFAULT '{}'
) WITH (fillfactor = 80);
-- Acts come by number.
CREATE UNIQUE INDEX tickets_number ON tickets (number);
-- A sweep costs what is due, not what exists; the notification clock waits for another topic than the rest.
CREATE INDEX tickets_due ON tickets (partition, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX tickets_notify_due ON tickets (partition, notify_due) WHERE notify_due IS NOT NULL;
-- A maintenance or a new term concerns live tickets only.
CREATE INDEX tickets_live ON tickets (account) WHERE number IS NOT NULL AND state IS DISTINCT FROM 'closed';
-- A policy that comes after a ticket was assessed under it.
CREATE INDEX tickets_waiting ON tickets (waits_for) WHERE waits_for IS NOT NULL;

-- What happened to each clock, in order, never changed: `at` is when it occurred, `known_at` when it was learned.
CREATE TABLE ledger (
    ticket_id uuid NOT NULL,
    place integer NOT NULL,
    clock text NOT NULL,
    cycle timestamptz NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (ticket_id, place)
);

-- A page that is polled; whoever holds the lease reads it.
CREATE TABLE pages (
    name text PRIMARY KEY,
    url text NOT NULL,
    page text,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease uuid,
    lease_until timestamptz,
    first_read_at timestamptz,
    last_read_at timestamptz,
    failing_since timestamptz,
    failures integer NOT NULL DEFAULT 0,
    last_error text
);

CREATE TABLE incidents (
    page text NOT NULL,
    incident text NOT NULL,
    ticket_id uuid NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (page, incident)
);

-- Everything that pages and monitors said of an incident, once, with the time of receipt.
CREATE TABLE observations (
    id text PRIMARY KEY,
    ticket_id uuid NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    data jsonb NOT NULL
);
CREATE INDEX observations_ticket ON observations (ticket_id, at);

CREATE TABLE maintenances (
    key text PRIMARY KEY,
    page text NOT NULL,
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    data jsonb NOT NULL
);
CREATE INDEX maintenances_page ON maintenances (page, ended_at);

CREATE TABLE detections (
    source text NOT NULL,
    dedup_key text NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (source, dedup_key)
);
