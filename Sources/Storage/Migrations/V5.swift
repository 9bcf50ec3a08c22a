// Frozen: a change to the schema is a further migration, never an edit of this text.
// Every alert there was becomes an incident of its own, under the same number: its messages follow it there.
extension Migrations {
    static let v5 = """
        -- What alerts that share one cause have in common.
        CREATE TABLE incident (
            id INTEGER PRIMARY KEY,
            -- The asset that is named.
            root_id INTEGER NOT NULL REFERENCES asset (id),
            cause TEXT NOT NULL CHECK (cause IN ('root', 'site', 'shared', 'beside', 'coincidence', 'leftover')),
            -- A site, an asset or an incident, as the cause wants it.
            cause_site TEXT NOT NULL DEFAULT '',
            cause_id INTEGER,
            opened INTEGER NOT NULL,
            told INTEGER,
            told_as TEXT CHECK (told_as IN ('core', 'normal', 'low')),
            worsened INTEGER,
            merged_into INTEGER REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            resolved INTEGER
        );
        CREATE INDEX incident_open ON incident (opened) WHERE resolved IS NULL;
        CREATE INDEX incident_resolved ON incident (resolved) WHERE resolved IS NOT NULL;

        INSERT INTO incident (id, root_id, cause, opened, told, told_as, resolved)
            SELECT alert.id, alert.asset_id, 'root', alert.opened, alert.told,
                CASE WHEN alert.told IS NULL THEN NULL ELSE asset.importance END, alert.resolved
            FROM alert JOIN asset ON asset.id = alert.asset_id;

        DROP INDEX alert_open_check;
        DROP INDEX alert_open_agent;
        DROP INDEX alert_due;
        ALTER TABLE message RENAME TO message_before;
        DROP INDEX message_waiting;
        ALTER TABLE alert RENAME TO alert_before;

        CREATE TABLE alert (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            -- Of a check, of an agent that fell silent or sees nothing, or of a finding.
            check_id INTEGER REFERENCES probe_check (id),
            agent_id TEXT REFERENCES agent (id),
            finding_id INTEGER REFERENCES finding (id),
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            state INTEGER NOT NULL CHECK (state IN (1, 2)),
            code TEXT NOT NULL DEFAULT '',
            step TEXT NOT NULL DEFAULT '',
            expected TEXT NOT NULL DEFAULT '',
            got TEXT NOT NULL DEFAULT '',
            since INTEGER NOT NULL,
            confirmed INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            -- Why nobody is told of it for now, and since when its patience counts.
            hold TEXT CHECK (hold IN ('cause', 'news', 'unseen', 'quiet')),
            hold_id INTEGER REFERENCES asset (id),
            hold_after INTEGER,
            hold_until INTEGER,
            ready INTEGER NOT NULL,
            settles INTEGER,
            is_flapping INTEGER NOT NULL DEFAULT 0,
            told INTEGER,
            resolved INTEGER,
            CHECK ((check_id IS NOT NULL) + (agent_id IS NOT NULL) + (finding_id IS NOT NULL) = 1)
        );
        INSERT INTO alert (id, asset_id, check_id, agent_id, incident_id, state, code, step, expected, got, since,
                confirmed, opened, ready, told, resolved)
            SELECT id, asset_id, check_id, agent_id, id, state, code, step, expected, got, since, since, opened, opened,
                told, resolved
            FROM alert_before;
        CREATE UNIQUE INDEX alert_open_check ON alert (check_id) WHERE resolved IS NULL AND check_id IS NOT NULL;
        CREATE UNIQUE INDEX alert_open_agent ON alert (agent_id) WHERE resolved IS NULL AND agent_id IS NOT NULL;
        CREATE UNIQUE INDEX alert_of_finding ON alert (finding_id) WHERE finding_id IS NOT NULL;
        CREATE INDEX alert_incident ON alert (incident_id);
        CREATE INDEX alert_asset ON alert (asset_id);

        -- Which alerts an incident has had; those that left it for another say when.
        CREATE TABLE membership (
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            alert_id INTEGER NOT NULL REFERENCES alert (id) DEFERRABLE INITIALLY DEFERRED,
            joined INTEGER NOT NULL,
            gone INTEGER,
            PRIMARY KEY (incident_id, alert_id)
        ) WITHOUT ROWID;
        CREATE INDEX membership_alert ON membership (alert_id);
        INSERT INTO membership (incident_id, alert_id, joined) SELECT id, id, opened FROM alert;

        -- What was said beside the alerts when somebody was told.
        CREATE TABLE bystander (
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            role TEXT NOT NULL CHECK (role IN ('unaffected', 'quiet')),
            PRIMARY KEY (incident_id, asset_id)
        ) WITHOUT ROWID;

        CREATE TABLE explanation (
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            place INTEGER NOT NULL,
            asset_id INTEGER NOT NULL REFERENCES asset (id),
            explains INTEGER NOT NULL,
            affected INTEGER NOT NULL,
            failing INTEGER NOT NULL,
            below INTEGER NOT NULL,
            PRIMARY KEY (incident_id, place)
        ) WITHOUT ROWID;

        -- Each decision with its reason: why there was a message, or none.
        CREATE TABLE decision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            check_id INTEGER REFERENCES probe_check (id),
            agent_id TEXT REFERENCES agent (id),
            finding_id INTEGER REFERENCES finding (id),
            alert_id INTEGER,
            incident_id INTEGER,
            verdict TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE INDEX decision_check ON decision (check_id, at) WHERE check_id IS NOT NULL;
        CREATE INDEX decision_agent ON decision (agent_id, at) WHERE agent_id IS NOT NULL;
        CREATE INDEX decision_incident ON decision (incident_id) WHERE incident_id IS NOT NULL;
        CREATE INDEX decision_at ON decision (at);

        -- Of a group of links one is enough; without a group each is needed.
        ALTER TABLE link ADD COLUMN redundancy INTEGER;

        -- Whether failures that come and go are folded into one alert, or each is told.
        ALTER TABLE asset ADD COLUMN flapping TEXT NOT NULL DEFAULT 'fold' CHECK (flapping IN ('fold', 'tell'));

        -- Since when it is silent; its alert does not tell, where none is opened.
        ALTER TABLE agent ADD COLUMN silent INTEGER;
        UPDATE agent SET silent = (
            SELECT since FROM alert WHERE alert.agent_id = agent.id AND alert.resolved IS NULL);

        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            route TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('problem', 'worse', 'recovery')),
            created INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER,
            sent INTEGER,
            refused INTEGER,
            problem TEXT NOT NULL DEFAULT '',
            UNIQUE (incident_id, route, kind)
        );
        INSERT INTO message (id, incident_id, route, kind, created, attempts, next_attempt, sent, refused, problem)
            SELECT id, alert_id, route, kind, created, attempts, next_attempt, sent, refused, problem
            FROM message_before;
        DROP TABLE message_before;
        DROP TABLE alert_before;
        CREATE INDEX message_waiting ON message (next_attempt) WHERE next_attempt IS NOT NULL;
        """
}
