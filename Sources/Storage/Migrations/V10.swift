// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v10 = """
        -- What it answers beside ICMP, by kind of probe, with blanks between; and where its exporter is.
        ALTER TABLE asset ADD COLUMN answers TEXT NOT NULL DEFAULT '';
        ALTER TABLE asset ADD COLUMN exporter TEXT NOT NULL DEFAULT '';
        -- With which secret an asset is asked what, by names of both: snmp with codecs-ro.
        CREATE TABLE asset_secret (
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            purpose TEXT NOT NULL,
            secret TEXT NOT NULL,
            PRIMARY KEY (asset_id, purpose)
        ) WITHOUT ROWID;
        """
}
