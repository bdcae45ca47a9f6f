-- The accounts that a ticket of the provider's concerns, for attainment per account: what of each counted at every
-- assessment ([{at, plan, start, agreed}, ...]; none where it was told of the ticket and not concerned), when its term
-- ends as far as that was known while the ticket lived, and when the first notification (of all, of Initial) to it was
-- accepted. Changed under the lock of the ticket, but for the term.
CREATE TABLE concerned (
    ticket_id uuid NOT NULL,
    account text NOT NULL,
    plans jsonb NOT NULL DEFAULT '[]',
    term_end timestamptz,
    lapses jsonb NOT NULL DEFAULT '[]',
    notified timestamptz,
    initial_notified timestamptz,
    PRIMARY KEY (ticket_id, account)
);
-- What was assessed before this was recorded concerns the accounts as they are now; whom it was told when is not known.
INSERT INTO concerned (ticket_id, account, plans, term_end)
SELECT ticket_id, account, jsonb_agg(concern ORDER BY at), ends FROM (
    SELECT t.ticket_id, a.id AS account, planned.at, a.ends, jsonb_build_object('at', planned.at,
        'plan', a.data->>'plan', 'start', a.start, 'agreed', coalesce(a.data->'agreed', '[]')) AS concern
    FROM tickets t
    CROSS JOIN LATERAL (
        SELECT (plan->>'at')::timestamptz AS at FROM jsonb_array_elements(t.data->'facts'->'plans') AS plan
    ) planned
    JOIN (
        SELECT id, data, (data->'term'->>'start')::timestamptz AS start, (data->'term'->>'end')::timestamptz AS ends
        FROM accounts
    ) a ON a.data->'services' ?| t.services AND a.start <= planned.at AND (a.ends IS NULL OR a.ends > planned.at)
    WHERE t.opened->>'initiator' = 'provider'
) found GROUP BY ticket_id, account, ends;
