// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v8 = """
        -- Who says that they have an incident, and until when; one at a time.
        CREATE TABLE acknowledgement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (length(who) > 0),
            until INTEGER,
            note TEXT NOT NULL DEFAULT '',
            -- When it was given back, taken by somebody else, or its time was over; else it ends with the incident.
            ended INTEGER,
            -- Who gave it back.
            ended_by TEXT NOT NULL DEFAULT ''
        );
        CREATE UNIQUE INDEX acknowledgement_current ON acknowledgement (incident_id) WHERE ended IS NULL;
        CREATE INDEX acknowledgement_incident ON acknowledgement (incident_id, id);

        CREATE TABLE comment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            text TEXT NOT NULL CHECK (length(text) > 0)
        );
        CREATE INDEX comment_incident ON comment (incident_id, id);

        -- What was said of an incident is read with the one that it became part of.
        CREATE INDEX incident_merged ON incident (merged_into) WHERE merged_into IS NOT NULL;

        -- A reminder may come more than once, everything else once for each route.
        ALTER TABLE message RENAME TO message_before;
        DROP INDEX message_waiting;
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident_id INTEGER NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
            route TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('problem', 'worse', 'reminder', 'recovery')),
            created INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER,
            sent INTEGER,
            refused INTEGER,
            problem TEXT NOT NULL DEFAULT '',
            -- Until when it was kept back: quiet hours of its route, or the daily digest.
            held INTEGER
        );
        INSERT INTO message (id, incident_id, route, kind, created, attempts, next_attempt, sent, refused, problem)
            SELECT id, incident_id, route, kind, created, attempts, next_attempt, sent, refused, problem
            FROM message_before ORDER BY id;
        DROP TABLE message_before;
        CREATE UNIQUE INDEX message_once ON message (incident_id, route, kind) WHERE kind <> 'reminder';
        CREATE INDEX message_incident ON message (incident_id, id);
        CREATE INDEX message_waiting ON message (next_attempt) WHERE next_attempt IS NOT NULL;

        -- How some assets are judged otherwise than their class has it.
        CREATE TABLE rule (
            name TEXT PRIMARY KEY CHECK (length(name) > 0),
            -- Which assets, and the settings of their checks by kind of probe, as JSON.
            selection TEXT NOT NULL,
            checks TEXT NOT NULL,
            -- Microseconds; nothing: as their importance has it.
            patience INTEGER
        );

        -- The maintenance that ended before what fails here was up again; empty: none did.
        ALTER TABLE incident ADD COLUMN overran TEXT NOT NULL DEFAULT '';
        """
}
