-- Since when a customer has what may be an incident of the provider's; none where it cannot be one.
ALTER TABLE tickets ADD COLUMN began_at timestamptz;
-- An incident looks for the tickets that may belong to it: what began about then and is not done with.
CREATE INDEX tickets_began ON tickets (began_at)
    WHERE began_at IS NOT NULL AND (state IS NULL OR state NOT IN ('resolved', 'closed'));

-- The provider's tickets, as customers' tickets are held against them. `horizon`: the transactions that were under way
-- when the search for its tickets began; when they have ended and a search after that is through, it is `matched`.
CREATE TABLE incident_tickets (
    ticket_id uuid PRIMARY KEY,
    number text NOT NULL,
    services text[] NOT NULL,
    begin_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    data jsonb NOT NULL,
    horizon xid8,
    matched boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX incident_tickets_number ON incident_tickets (number);
-- What goes on, or ended a short time ago: asked with every batch of new tickets.
CREATE INDEX incident_tickets_until ON incident_tickets (until);
CREATE INDEX incident_tickets_unmatched ON incident_tickets (ticket_id) WHERE NOT matched;
-- Lists are read newest first.
CREATE INDEX incident_tickets_opened ON incident_tickets (opened_at DESC, ticket_id DESC);

-- Which customer's ticket has to do with which of the provider's; changed only under the lock of the customer's ticket.
-- `follows`: words said there may still have to reach it; `followed`: up to which sequence they have.
CREATE TABLE links (
    provider_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'linked', 'unlinked', 'rejected')),
    reason text NOT NULL,
    decided_by text NOT NULL,
    since timestamptz NOT NULL,
    reported_at timestamptz NOT NULL,
    followed integer NOT NULL,
    follows boolean NOT NULL,
    PRIMARY KEY (provider_id, ticket_id)
);
-- Who is still to be told, without those who were.
CREATE INDEX links_following ON links (provider_id, followed) WHERE follows;

-- What was said in public on a ticket of the provider's, by a person, a page or a monitor; `settled` once it has reached
-- everyone, `horizon` as above.
CREATE TABLE provider_words (
    provider_id uuid NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    data jsonb NOT NULL,
    horizon xid8,
    settled boolean NOT NULL DEFAULT false,
    PRIMARY KEY (provider_id, sequence)
);
CREATE INDEX provider_words_unsettled ON provider_words (provider_id) WHERE NOT settled;

-- Which word reached whom, and when; `told`: the customer was sent it, else it only counts for the update clock.
CREATE TABLE propagations (
    provider_id uuid NOT NULL,
    sequence integer NOT NULL,
    ticket_id uuid NOT NULL,
    told boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (provider_id, sequence, ticket_id)
);
