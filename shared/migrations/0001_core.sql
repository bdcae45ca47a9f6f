-- What every service has: the inbox (what was handled), the outbox (what is to be said), the last sequence seen
-- of each producer, the letters that could not be handled, and the acts that came over HTTP.

CREATE TABLE inbox (
    topic text NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, source, id)
);

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    key text NOT NULL,
    headers text NOT NULL,
    payload bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE seen (
    key text NOT NULL,
    producer text NOT NULL,
    last integer NOT NULL,
    PRIMARY KEY (key, producer)
) WITH (fillfactor = 80);

CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    key bytea,
    headers bytea NOT NULL,
    value bytea,
    appended_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('dead', 'parked', 'redriven', 'discarded')),
    kind text NOT NULL CHECK (kind IN ('malformed', 'refused', 'unexplained', 'parked')),
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    settled_by text,
    UNIQUE (topic, partition, "offset")
);
-- Which keys are blocked is asked with every batch.
CREATE INDEX dead_letter_open ON dead_letter (topic, key) WHERE state IN ('dead', 'parked');

CREATE TABLE acts (
    id text PRIMARY KEY,
    fingerprint text NOT NULL,
    verdict text,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Reference data, as published; a service keeps what it needs of it and leaves the other tables empty.
CREATE TABLE access (
    id text PRIMARY KEY,
    data jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE accounts (
    id text PRIMARY KEY,
    data jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE policies (
    id text PRIMARY KEY,
    data jsonb NOT NULL,
    changed_at timestamptz NOT NULL
);
