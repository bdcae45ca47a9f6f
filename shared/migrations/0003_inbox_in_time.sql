-- Events in a sequence are claimed with the time that they say: their rows follow one another in the index, where ids
-- alone, which are hashes, would each touch another page of it. All others have the default.
ALTER TABLE inbox
    ADD COLUMN said_at timestamptz NOT NULL DEFAULT 'epoch',
    DROP CONSTRAINT inbox_pkey,
    ADD PRIMARY KEY (topic, source, said_at, id);
