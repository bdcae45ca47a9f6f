-- A ticket as it stands for triage: the facts as stated so far, an agent's decision, and how far it was assessed.
CREATE TABLE tickets (
    ticket_id uuid PRIMARY KEY,
    number text NOT NULL,
    account text,
    opened_at timestamptz NOT NULL,
    correlation_id text NOT NULL,
    facts json NOT NULL,
    asked text[] NOT NULL,
    decision json,
    policy text,
    coverage text,
    sequence integer NOT NULL,
    decided_at timestamptz,
    account_at timestamptz
) WITH (fillfactor = 90);
-- Agents decide by number.
CREATE UNIQUE INDEX tickets_number ON tickets (number);
-- What a late account may mend, and what waits for a policy: few, and looked for often.
CREATE INDEX tickets_uncovered ON tickets (account) WHERE coverage IN ('unknown-account', 'out-of-term');
CREATE INDEX tickets_waiting ON tickets (ticket_id) WHERE policy IS NULL;

-- Every assessment, never changed: what it rested on, the policy's SHA-256, and what was said. The same inputs and
-- the same version of the policy give the same result.
CREATE TABLE assessments (
    ticket_id uuid NOT NULL,
    assessment integer NOT NULL,
    policy text NOT NULL,
    inputs json NOT NULL,
    result json NOT NULL,
    cause text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (ticket_id, assessment)
);

-- Accounts that changed lately, whose tickets may have to be assessed anew. A row stays until no transaction can be
-- left that read the account as it was before.
CREATE TABLE late_accounts (
    account text PRIMARY KEY,
    noticed_at timestamptz NOT NULL
);
