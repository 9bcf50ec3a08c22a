// Frozen: a change to the schema is a further migration, never an edit of this text.
// Rules, windows and days are kept as people write them, in their normal form: the pure calendar reads both.
extension Migrations {
    static let v6 = """
        -- When things are expected to be on.
        CREATE TABLE hours (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            title TEXT NOT NULL
        );

        CREATE TABLE hours_rule (
            hours TEXT NOT NULL REFERENCES hours (name) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            -- As mon-fri 07:00-11:30, 13:00-17:00.
            rule TEXT NOT NULL CHECK (length(rule) > 0),
            PRIMARY KEY (hours, place)
        );

        CREATE TABLE hours_exception (
            hours TEXT NOT NULL REFERENCES hours (name) ON DELETE CASCADE,
            day TEXT NOT NULL,
            -- Empty: closed.
            windows TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (hours, day)
        );

        ALTER TABLE asset ADD COLUMN hours TEXT REFERENCES hours (name) DEFERRABLE INITIALLY DEFERRED;
        CREATE INDEX asset_hours ON asset (hours);

        CREATE TABLE maintenance (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            begins INTEGER,
            ends INTEGER,
            -- Lines as last sun 01:00-03:00; empty: once, from its begin to its end.
            every TEXT NOT NULL DEFAULT '',
            reason TEXT NOT NULL DEFAULT '',
            who TEXT NOT NULL DEFAULT '',
            CHECK (every <> '' OR begins IS NOT NULL AND ends IS NOT NULL),
            CHECK (ends > begins)
        );

        CREATE TABLE maintenance_target (
            maintenance TEXT NOT NULL REFERENCES maintenance (name) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            site TEXT REFERENCES site (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            -- With all that is below it.
            unit TEXT REFERENCES unit (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            asset_id INTEGER REFERENCES asset (id) ON DELETE CASCADE,
            class TEXT,
            PRIMARY KEY (maintenance, place),
            CHECK ((site IS NOT NULL) + (unit IS NOT NULL) + (asset_id IS NOT NULL) + (class IS NOT NULL) = 1)
        );
        CREATE INDEX maintenance_target_site ON maintenance_target (site);
        CREATE INDEX maintenance_target_unit ON maintenance_target (unit);
        CREATE INDEX maintenance_target_asset ON maintenance_target (asset_id);
        """
}
