// Frozen: a change to the schema is a further migration, never an edit of this text.
extension Migrations {
    static let v8 = """
        -- Until when a message was kept back: quiet hours of its route, or the daily digest.
        ALTER TABLE message ADD COLUMN held INTEGER;

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
