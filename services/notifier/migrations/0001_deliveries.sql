-- What is owed to whom. A ticket's row is the lock under which its deliveries are added, settled and counted.

CREATE TABLE tickets (
    id uuid PRIMARY KEY,
    number text NOT NULL,
    sent integer NOT NULL DEFAULT 0,         -- sequence of its last NotificationSent
    waits boolean NOT NULL DEFAULT false,    -- whether rows in `waits` exist
    services text[]                          -- of a provider's ticket, while it is open: whom it concerns
) WITH (fillfactor = 80);
-- An account that arrives late asks which open tickets of the provider concern it.
CREATE INDEX tickets_provider ON tickets (id) WHERE services IS NOT NULL;

-- One row per StatusChanged that somebody is to be told of: what all its messages are made from.
CREATE TABLE notices (
    ticket_id uuid NOT NULL,
    sequence integer NOT NULL,
    event text NOT NULL,
    cause_id text NOT NULL,
    cause_source text NOT NULL,
    cause_time timestamptz NOT NULL,
    traceparent text,
    correlation_id text,
    PRIMARY KEY (ticket_id, sequence)
);

-- One row per message. `due`: the first unfinished one of its lane (ticket, channel, destination), which alone may
-- be claimed; `queued`: behind it; `accepted` and `failed`: over. A claim sets `lease` and moves `due_at` to its end.
CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL,
    sequence integer NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
    destination text NOT NULL,
    address text NOT NULL,
    gate text NOT NULL,                      -- what fails together: the mail server, or a webhook's host
    account text,
    internal boolean NOT NULL,
    status text,
    state text NOT NULL CHECK (state IN ('queued', 'due', 'accepted', 'failed')),
    due_at timestamptz NOT NULL,
    lease uuid,
    leased_at timestamptz,
    lapsed timestamptz[] NOT NULL DEFAULT '{}', -- when leases began that ended without an answer: only these may repeat
    attempts integer NOT NULL DEFAULT 0,
    reason text,
    missing text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- A lane in its order; also who was told what on a ticket.
CREATE UNIQUE INDEX deliveries_lane ON deliveries (ticket_id, channel, destination, sequence);
-- The claim: per gate, by due time; what is over is not in it, so it stays as small as the backlog.
CREATE INDEX deliveries_due ON deliveries (channel, gate, due_at) WHERE state = 'due';
-- Who comes next in a lane.
CREATE INDEX deliveries_queued ON deliveries (ticket_id, channel, destination, sequence) WHERE state = 'queued';

-- What keeps a notice from people it is owed to: the missing contact, by name.
CREATE TABLE waits (
    ticket_id uuid NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('account', 'policy', 'reporter')),
    key text NOT NULL,
    missing text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (ticket_id, sequence, kind, key)
);
CREATE INDEX waits_key ON waits (kind, key);

-- All that waits for something named, at a glance.
CREATE VIEW waiting AS
    SELECT tickets.number, waits.sequence, waits.missing, waits.since
    FROM waits JOIN tickets ON tickets.id = waits.ticket_id
    UNION ALL
    SELECT tickets.number, deliveries.sequence, deliveries.missing, deliveries.created_at
    FROM deliveries JOIN tickets ON tickets.id = deliveries.ticket_id
    WHERE deliveries.state = 'due' AND deliveries.missing IS NOT NULL;

-- A provider's ticket concerns every account that uses its services.
CREATE INDEX accounts_services ON accounts USING gin ((data -> 'services'));
