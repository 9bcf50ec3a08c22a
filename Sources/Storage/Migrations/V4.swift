// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v4 = """
        CREATE TABLE finding (
            id INTEGER PRIMARY KEY,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            rule TEXT NOT NULL CHECK (length(rule) > 0),
            severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high')),
            subject TEXT NOT NULL,
            -- On the machine's clock; together with rule and subject it is what tells one from another.
            first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL,
            times INTEGER NOT NULL,
            -- On the collector's clock, when it first came.
            received INTEGER NOT NULL,
            acknowledged INTEGER,
            acknowledged_by TEXT,
            closed INTEGER,
            closed_by TEXT,
            CHECK ((acknowledged IS NULL) = (acknowledged_by IS NULL)),
            CHECK ((closed IS NULL) = (closed_by IS NULL)),
            UNIQUE (asset_id, rule, subject, first_seen)
        );
        CREATE INDEX finding_open ON finding (last_seen) WHERE closed IS NULL;
        CREATE INDEX finding_last_seen ON finding (last_seen);

        CREATE TABLE finding_evidence (
            finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            field TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (finding_id, place)
        );
        """
}
