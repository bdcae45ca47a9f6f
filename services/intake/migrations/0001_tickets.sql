-- One issue is one ticket: the ticket's id follows from the issue's, so one table holds both.
CREATE SEQUENCE ticket_number START 1001;

CREATE TABLE tickets (
    ticket_id uuid PRIMARY KEY,
    number text NOT NULL DEFAULT 'UP-' || nextval('ticket_number'),
    account text,
    source text NOT NULL,
    issue jsonb NOT NULL,
    sequence integer NOT NULL DEFAULT 1,
    opened_at timestamptz NOT NULL,
    clock_start timestamptz NOT NULL,
    last_at timestamptz NOT NULL
) WITH (fillfactor = 90);
-- Replies come by number.
CREATE UNIQUE INDEX tickets_number ON tickets (number);

-- What everyone said about a ticket, as it was said; the ticket as it is read is folded from it.
CREATE TABLE timeline (
    ticket_id uuid NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    sequence integer,
    occurred_at timestamptz NOT NULL,
    public boolean NOT NULL,
    account text,
    data jsonb NOT NULL,
    PRIMARY KEY (ticket_id, source, id)
);

CREATE TABLE ticket_view (
    ticket_id uuid PRIMARY KEY,
    number text,
    account text,
    source text,
    initiator text,
    opened_at timestamptz,
    priority text,
    assessed integer NOT NULL DEFAULT 0,
    state text,
    status_seen integer NOT NULL DEFAULT 0,
    notified_at timestamptz
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX ticket_view_number ON ticket_view (number);
-- Lists are read newest first, whole or of one account, page by page.
CREATE INDEX ticket_view_opened ON ticket_view (opened_at DESC, ticket_id DESC);
CREATE INDEX ticket_view_account ON ticket_view (account, opened_at DESC, ticket_id DESC);
