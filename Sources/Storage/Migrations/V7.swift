// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v7 = """
        -- The newest proof of life of each route: that a message still reaches its receiver.
        CREATE TABLE proof_of_life (
            route TEXT PRIMARY KEY REFERENCES route (name) ON DELETE CASCADE,
            -- The hour it was due, and when it was first tried.
            due INTEGER NOT NULL,
            began INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER,
            sent INTEGER,
            refused INTEGER,
            problem TEXT NOT NULL DEFAULT ''
        );
        """
}
