// Frozen: a change to the schema is a further migration, never an edit of this text.
// Times are microseconds since 1970-01-01T00:00:00Z.
extension Migrations {
    static let v1 = """
        CREATE TABLE asset (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
            class TEXT NOT NULL,
            address TEXT NOT NULL DEFAULT '',
            url TEXT NOT NULL DEFAULT '',
            unit TEXT NOT NULL DEFAULT '',
            site TEXT NOT NULL DEFAULT '',
            importance TEXT NOT NULL DEFAULT 'normal' CHECK (importance IN ('core', 'normal', 'low')),
            origin TEXT NOT NULL CHECK (origin IN ('declared', 'enrolled')),
            created INTEGER NOT NULL
        );

        CREATE TABLE agent (
            id TEXT PRIMARY KEY,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            machine BLOB NOT NULL,
            enrolled INTEGER NOT NULL,
            revoked INTEGER,
            last_seen INTEGER,
            clock_offset INTEGER,
            presence BLOB
        );

        CREATE TABLE certificate (
            serial TEXT PRIMARY KEY,
            agent_id TEXT NOT NULL REFERENCES agent (id),
            issued INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            revoked INTEGER
        );

        CREATE TABLE enrolment_token (
            secret_hash TEXT PRIMARY KEY,
            created INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            expires INTEGER NOT NULL,
            used INTEGER,
            used_by TEXT REFERENCES agent (id),
            -- The fingerprint of the key it was used with: who lost the answer may ask again.
            used_key TEXT
        );

        -- Which sequences of a stream are durable, as closed ranges: what makes resending safe.
        CREATE TABLE receipt (
            agent_id TEXT NOT NULL REFERENCES agent (id),
            stream INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL CHECK (last >= first),
            PRIMARY KEY (agent_id, stream, first)
        );

        -- Reports that are durable and not yet applied; the engine loop deletes what it has applied.
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            agent_id TEXT NOT NULL REFERENCES agent (id),
            stream INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            received INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (agent_id, stream, sequence)
        );

        CREATE TABLE probe_check (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            agent_id TEXT REFERENCES agent (id),
            kind TEXT NOT NULL,
            target TEXT NOT NULL,
            settings TEXT NOT NULL,
            interval_ms INTEGER NOT NULL CHECK (interval_ms > 0),
            timeout_ms INTEGER NOT NULL CHECK (timeout_ms > 0),
            created INTEGER NOT NULL,
            -- Since when nothing calls for it any more; it still runs, so that a stopped service is seen to be down.
            vanished INTEGER,
            removed INTEGER
        );
        CREATE INDEX probe_check_asset ON probe_check (asset_id);
        CREATE INDEX probe_check_agent ON probe_check (agent_id);

        CREATE TABLE condition (
            check_id INTEGER PRIMARY KEY REFERENCES probe_check (id),
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
            code TEXT NOT NULL DEFAULT '',
            step TEXT NOT NULL DEFAULT '',
            expected TEXT NOT NULL DEFAULT '',
            got TEXT NOT NULL DEFAULT '',
            since INTEGER NOT NULL,
            confirmed INTEGER NOT NULL,
            -- Since when its agent is silent: what stands above is then what it last said, and nobody knows.
            silent INTEGER
        );

        CREATE TABLE transition (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            check_id INTEGER NOT NULL REFERENCES probe_check (id),
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
            code TEXT NOT NULL DEFAULT '',
            step TEXT NOT NULL DEFAULT '',
            expected TEXT NOT NULL DEFAULT '',
            got TEXT NOT NULL DEFAULT '',
            since INTEGER NOT NULL,
            confirmed INTEGER NOT NULL,
            runs INTEGER NOT NULL,
            recorded INTEGER NOT NULL
        );
        CREATE INDEX transition_check ON transition (check_id, confirmed);

        CREATE TABLE alert (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            -- Of a check, or of an agent that fell silent.
            check_id INTEGER REFERENCES probe_check (id),
            agent_id TEXT REFERENCES agent (id),
            state INTEGER NOT NULL CHECK (state IN (1, 2)),
            code TEXT NOT NULL DEFAULT '',
            step TEXT NOT NULL DEFAULT '',
            expected TEXT NOT NULL DEFAULT '',
            got TEXT NOT NULL DEFAULT '',
            since INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            due INTEGER,
            told INTEGER,
            resolved INTEGER,
            CHECK ((check_id IS NULL) <> (agent_id IS NULL))
        );
        CREATE UNIQUE INDEX alert_open_check ON alert (check_id) WHERE resolved IS NULL AND check_id IS NOT NULL;
        CREATE UNIQUE INDEX alert_open_agent ON alert (agent_id) WHERE resolved IS NULL AND agent_id IS NOT NULL;
        CREATE INDEX alert_due ON alert (due) WHERE due IS NOT NULL;

        CREATE TABLE route (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            importance TEXT NOT NULL,
            language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
            channel TEXT NOT NULL
        );

        -- The outbox: written with the alerts, sent after.
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            alert_id INTEGER NOT NULL REFERENCES alert (id),
            route TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('problem', 'worse', 'recovery')),
            created INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER,
            sent INTEGER,
            refused INTEGER,
            problem TEXT NOT NULL DEFAULT '',
            UNIQUE (alert_id, route, kind)
        );
        CREATE INDEX message_waiting ON message (next_attempt) WHERE next_attempt IS NOT NULL;

        CREATE TABLE secret (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            sealed BLOB NOT NULL,
            changed INTEGER NOT NULL
        );

        -- The newest observation of each check.
        CREATE TABLE latest (
            check_id INTEGER PRIMARY KEY REFERENCES probe_check (id),
            time INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3)
        );

        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            check_id INTEGER NOT NULL REFERENCES probe_check (id),
            metric TEXT NOT NULL,
            UNIQUE (check_id, metric)
        );

        CREATE TABLE sample (
            series_id INTEGER NOT NULL,
            time INTEGER NOT NULL,
            value REAL NOT NULL,
            PRIMARY KEY (series_id, time)
        ) WITHOUT ROWID;

        -- Five-minute tier; `time` is the beginning of the five minutes.
        CREATE TABLE average (
            series_id INTEGER NOT NULL,
            time INTEGER NOT NULL,
            lowest REAL NOT NULL,
            highest REAL NOT NULL,
            total REAL NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (series_id, time)
        ) WITHOUT ROWID;

        -- When a source last told all its facts about an asset.
        CREATE TABLE fact_sheet (
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            source TEXT NOT NULL,
            seen INTEGER NOT NULL,
            PRIMARY KEY (asset_id, source)
        );

        CREATE TABLE fact (
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            source TEXT NOT NULL,
            path TEXT NOT NULL,
            value TEXT NOT NULL,
            first_seen INTEGER NOT NULL,
            PRIMARY KEY (asset_id, source, path)
        ) WITHOUT ROWID;

        CREATE TABLE fact_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            source TEXT NOT NULL,
            path TEXT NOT NULL,
            at INTEGER NOT NULL,
            was TEXT,
            became TEXT
        );
        CREATE INDEX fact_change_asset ON fact_change (asset_id, at);

        CREATE TABLE person (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            password TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('administrator')),
            must_change INTEGER NOT NULL,
            created INTEGER NOT NULL
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

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        """
}
