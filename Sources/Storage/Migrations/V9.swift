// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v9 = """
        -- The ways to the targets of checks, as agents followed them.
        CREATE TABLE path (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            check_id INTEGER NOT NULL REFERENCES probe_check (id),
            seen INTEGER NOT NULL,
            -- 0 routine, 1 trouble, 2 recovery.
            occasion INTEGER NOT NULL CHECK (occasion BETWEEN 0 AND 2),
            -- 0 reached, 1 refused, 2 silent.
            finish INTEGER NOT NULL CHECK (finish BETWEEN 0 AND 2),
            detail TEXT NOT NULL DEFAULT '',
            -- A line a hop, the nearest first: the address, - where nobody answered, and microseconds there and back.
            hops TEXT NOT NULL,
            UNIQUE (check_id, seen)
        );
        """
}
