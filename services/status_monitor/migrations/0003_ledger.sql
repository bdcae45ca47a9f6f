-- The entries that one save adds to a ticket's ledger are one row: [[clock, cycle, kind, at, detail], ...]. The first is
-- the ticket's entry number `place`, counted from 0. Nothing here is ever changed.
ALTER TABLE ledger RENAME TO ledger_before;
CREATE TABLE ledger_lines (
    ticket_id uuid NOT NULL,
    place integer NOT NULL,
    known_at timestamptz NOT NULL,
    entries jsonb NOT NULL,
    PRIMARY KEY (ticket_id, place)
);
INSERT INTO ledger_lines
SELECT ticket_id, place, known_at, jsonb_build_array(jsonb_build_array(clock, cycle, kind, at, detail))
FROM ledger_before;
DROP TABLE ledger_before;

-- Entry by entry, for whoever reads: `at` is when it occurred, `known_at` when it was learned.
CREATE VIEW ledger AS
SELECT line.ticket_id, line.place + (entry.number - 1)::integer AS place, entry.said->>0 AS clock,
    (entry.said->>1)::timestamptz AS cycle, entry.said->>2 AS kind, (entry.said->>3)::timestamptz AS at,
    line.known_at, entry.said->>4 AS detail
FROM ledger_lines line CROSS JOIN LATERAL jsonb_array_elements(line.entries) WITH ORDINALITY AS entry (said, number);
