package import Detection
package import SQLite

/// When things are expected to be on, by name. Timetables belong to no unit: whoever sees anything sees them.
package struct HoursStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package func all() throws -> [Hours] {
        let rules = try connection.rows("SELECT hours, rule FROM hours_rule ORDER BY hours, place") {
            (hours: $0.text(0), text: $0.text(1))
        }
        let exceptions = try connection.rows("SELECT hours, day, windows FROM hours_exception") { row in
            (hours: row.text(0), text: "\(row.text(1)) \(row.text(2).isEmpty ? "closed" : row.text(2))")
        }
        var all = try connection.rows("SELECT name, title FROM hours ORDER BY name") {
            Hours(name: $0.text(0), title: $0.text(1), times: Timetable(rules: []))
        }
        let places = Dictionary(all.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
        for (name, text) in rules {
            if let place = places[name] { all[place].times.rules.append(try DayRule(text)) }
        }
        for (name, text) in exceptions {
            guard let place = places[name] else { continue }
            all[place].times.exceptions.merge(try Hours.exception(text)) { $1 }
        }
        return all
    }

    /// Adds hours or brings known ones to these values.
    package func put(_ hours: Hours) throws {
        try connection.run(
            "INSERT INTO hours (name, title) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET title = excluded.title",
            hours.name, hours.title)
        try connection.run("DELETE FROM hours_rule WHERE hours = ?", hours.name)
        for (place, rule) in hours.times.rules.enumerated() {
            try connection.run(
                "INSERT INTO hours_rule (hours, place, rule) VALUES (?, ?, ?)", hours.name, place, rule.description)
        }
        try connection.run("DELETE FROM hours_exception WHERE hours = ?", hours.name)
        for (day, windows) in hours.times.exceptions {
            try connection.run(
                "INSERT INTO hours_exception (hours, day, windows) VALUES (?, ?, ?)", hours.name, day.description,
                windows.map(\.description).joined(separator: ", "))
        }
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM hours WHERE name = ?", name)
    }
}
