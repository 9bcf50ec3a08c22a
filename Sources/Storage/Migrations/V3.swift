// Frozen: a change to the schema is a further migration, never an edit of this text.
// Dropping a table deletes its rows first, and their sessions and tokens with them: those move to new tables before.
extension Migrations {
    static let v3 = """
        ALTER TABLE person RENAME TO person_before;
        ALTER TABLE session RENAME TO session_before;
        ALTER TABLE api_token RENAME TO api_token_before;

        CREATE TABLE person (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            password TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('administrator', 'reader')),
            -- What they see: this unit and all below it; NULL is everything.
            unit TEXT REFERENCES unit (name),
            must_change INTEGER NOT NULL,
            created INTEGER NOT NULL,
            CHECK (role = 'reader' OR unit IS NULL)
        );

        CREATE TABLE session (
            token_hash BLOB PRIMARY KEY,
            person TEXT NOT NULL REFERENCES person (name) ON DELETE CASCADE,
            csrf TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER NOT NULL
        );

        CREATE TABLE api_token (
            token_hash BLOB PRIMARY KEY,
            person TEXT NOT NULL REFERENCES person (name) ON DELETE CASCADE,
            purpose TEXT NOT NULL,
            created INTEGER NOT NULL
        );

        INSERT INTO person (name, password, role, must_change, created)
            SELECT name, password, role, must_change, created FROM person_before;
        INSERT INTO session (token_hash, person, csrf, created, expires)
            SELECT token_hash, person, csrf, created, expires FROM session_before;
        INSERT INTO api_token (token_hash, person, purpose, created)
            SELECT token_hash, person, purpose, created FROM api_token_before;

        DROP TABLE session_before;
        DROP TABLE api_token_before;
        DROP TABLE person_before;
        CREATE INDEX session_person ON session (person);
        CREATE INDEX api_token_person ON api_token (person);
        """
}
