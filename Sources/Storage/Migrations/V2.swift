// Frozen: a change to the schema is a further migration, never an edit of this text.
// References are checked at the end of a transaction, because a file may name things in any order.
extension Migrations {
    static let v2 = """
        CREATE TABLE unit (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            title TEXT NOT NULL,
            level TEXT NOT NULL DEFAULT '',
            parent TEXT REFERENCES unit (name) DEFERRABLE INITIALLY DEFERRED CHECK (parent <> name),
            code TEXT NOT NULL DEFAULT '',
            -- Days as 2023-04-05; empty: always, still.
            begins TEXT NOT NULL DEFAULT '',
            ends TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX unit_parent ON unit (parent);

        CREATE TABLE site (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            title TEXT NOT NULL,
            address TEXT NOT NULL DEFAULT '',
            latitude REAL CHECK (latitude BETWEEN -90 AND 90),
            longitude REAL CHECK (longitude BETWEEN -180 AND 180),
            CHECK ((latitude IS NULL) = (longitude IS NULL))
        );

        -- Which units use a site; the first is the one it is named for.
        CREATE TABLE site_unit (
            site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            place INTEGER NOT NULL,
            unit TEXT NOT NULL REFERENCES unit (name) DEFERRABLE INITIALLY DEFERRED,
            PRIMARY KEY (site, place),
            UNIQUE (site, unit)
        );
        CREATE INDEX site_unit_unit ON site_unit (unit);

        -- Whom to call, the first one first.
        CREATE TABLE contact (
            site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            place INTEGER NOT NULL,
            name TEXT NOT NULL CHECK (length(name) > 0),
            role TEXT NOT NULL DEFAULT '',
            phone TEXT NOT NULL DEFAULT '',
            mail TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (site, place)
        );

        -- What stood as a mere word becomes a unit or a site of that name.
        INSERT INTO unit (name, title) SELECT DISTINCT unit, unit FROM asset WHERE unit <> '';
        INSERT INTO site (name, title) SELECT DISTINCT site, site FROM asset WHERE site <> '';
        ALTER TABLE asset RENAME COLUMN unit TO unit_word;
        ALTER TABLE asset RENAME COLUMN site TO site_word;
        ALTER TABLE asset ADD COLUMN unit TEXT REFERENCES unit (name) DEFERRABLE INITIALLY DEFERRED;
        ALTER TABLE asset ADD COLUMN site TEXT REFERENCES site (name) DEFERRABLE INITIALLY DEFERRED;
        UPDATE asset SET unit = nullif(unit_word, ''), site = nullif(site_word, '');
        ALTER TABLE asset DROP COLUMN unit_word;
        ALTER TABLE asset DROP COLUMN site_word;
        -- Since when a person has taken it out; what was measured of it stays.
        ALTER TABLE asset ADD COLUMN removed INTEGER;
        CREATE INDEX asset_unit ON asset (unit);
        CREATE INDEX asset_site ON asset (site);

        -- What an asset depends on, as declared.
        CREATE TABLE link (
            asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            via_id INTEGER NOT NULL REFERENCES asset (id) CHECK (via_id <> asset_id),
            PRIMARY KEY (asset_id, place),
            UNIQUE (asset_id, via_id)
        );
        CREATE INDEX link_via ON link (via_id);

        -- What the office keeps of an asset; a field without a value has no row.
        CREATE TABLE book (
            asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
            field TEXT NOT NULL,
            value TEXT NOT NULL CHECK (length(value) > 0),
            PRIMARY KEY (asset_id, field)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX book_code ON book (value) WHERE field = 'code';
        """
}
