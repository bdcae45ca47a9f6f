-- How often each table of reference data changed: a process keeps what it loaded until this says otherwise.
CREATE TABLE reference (
    name text PRIMARY KEY,
    version integer NOT NULL
);
INSERT INTO reference (name, version) VALUES ('access', 0), ('accounts', 0), ('policies', 0);
