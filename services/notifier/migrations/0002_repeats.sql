-- What a linked ticket repeats waits for the provider's own notice: key is its ticket and sequence.
ALTER TABLE waits DROP CONSTRAINT waits_kind_check;
ALTER TABLE waits ADD CONSTRAINT waits_kind_check CHECK (kind IN ('account', 'policy', 'ticket', 'reporter'));

-- The change of the provider's ticket that a notice repeats: ticket and sequence.
ALTER TABLE notices ADD COLUMN repeats text;
-- An account that comes to use the services of an incident hears of it, but not what its own tickets have told it.
CREATE INDEX notices_repeats ON notices (repeats) WHERE repeats IS NOT NULL;
