-- Accounts that were published lately: a ticket that was being opened in that moment has their term as it was before.
CREATE TABLE late_terms (
    account    text PRIMARY KEY,
    noticed_at timestamptz NOT NULL
);
