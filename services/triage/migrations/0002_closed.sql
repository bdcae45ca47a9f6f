-- Tickets that are closed, by status-monitor's word: no plan moves their clocks any more.
CREATE TABLE closed (
    ticket_id uuid PRIMARY KEY,
    at timestamptz NOT NULL
);
