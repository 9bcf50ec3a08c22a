// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v10 = """
        -- With which secret an asset is asked what, by names of both: snmp with codecs-ro.
        CREATE TABLE asset_secret (
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            purpose TEXT NOT NULL,
            secret TEXT NOT NULL,
            PRIMARY KEY (asset_id, purpose)
        ) WITHOUT ROWID;
        """
}
