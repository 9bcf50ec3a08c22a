package import SQLite
package import Vocabulary

/// Places with an address, their units, and whom to call there.
package struct SiteStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Contact: Hashable, Sendable {
        package var name: String
        package var role: String
        package var phone: String
        package var mail: String

        package init(name: String, role: String = "", phone: String = "", mail: String = "") {
            self.name = name
            self.role = role
            self.phone = phone
            self.mail = mail
        }
    }

    package struct Coordinates: Hashable, Sendable {
        /// Degrees, north and east positive.
        package var latitude: Double
        package var longitude: Double

        package init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    package struct Site: Hashable, Sendable {
        package var name: String
        package var title: String
        /// Where letters go; not a network's.
        package var address: String
        package var coordinates: Coordinates?
        /// The first is the one the site is named for.
        package var units: [String]
        package var contacts: [Contact]

        package init(
            name: String, title: String, address: String = "", coordinates: Coordinates? = nil, units: [String] = [],
            contacts: [Contact] = []
        ) {
            self.name = name
            self.title = title
            self.address = address
            self.coordinates = coordinates
            self.units = units
            self.contacts = contacts
        }
    }

    /// The sites that one of the scope's units uses; without a limit also those that no unit uses.
    package func all(scope: Scope) throws -> [Site] {
        let filter = Self.filter(scope)
        let sites = try connection.rows(
            "SELECT \(Self.columns) FROM site WHERE \(filter.sql) ORDER BY name", arguments: filter.arguments, as: site)
        let units = try connection.rows("SELECT site, unit FROM site_unit ORDER BY site, place") {
            ($0.text(0), $0.text(1))
        }
        let contacts = try connection.rows(
            "SELECT site, name, role, phone, mail FROM contact ORDER BY site, place"
        ) { ($0.text(0), Contact(name: $0.text(1), role: $0.text(2), phone: $0.text(3), mail: $0.text(4))) }
        let unitsOf = Dictionary(grouping: units, by: \.0)
        let contactsOf = Dictionary(grouping: contacts, by: \.0)
        return sites.map { site in
            var site = site
            site.units = unitsOf[site.name]?.map(\.1) ?? []
            site.contacts = contactsOf[site.name]?.map(\.1) ?? []
            return site
        }
    }

    package func site(named name: String, scope: Scope) throws -> Site? {
        let filter = Self.filter(scope)
        guard
            var site = try connection.rows(
                "SELECT \(Self.columns) FROM site WHERE name = ? AND \(filter.sql)",
                arguments: [name] + filter.arguments, as: site
            ).first
        else { return nil }
        site.units = try connection.rows("SELECT unit FROM site_unit WHERE site = ? ORDER BY place", name) {
            $0.text(0)
        }
        site.contacts = try connection.rows(
            "SELECT name, role, phone, mail FROM contact WHERE site = ? ORDER BY place", name
        ) { Contact(name: $0.text(0), role: $0.text(1), phone: $0.text(2), mail: $0.text(3)) }
        return site
    }

    /// Sites at which nothing has an address or a URL yet: nobody can ask them anything.
    package func withoutAddress(scope: Scope) throws -> Set<String> {
        let filter = Self.filter(scope)
        return Set(
            try connection.rows(
                """
                SELECT name FROM site WHERE \(filter.sql) AND NOT EXISTS (
                    SELECT 1 FROM asset WHERE asset.site = site.name AND (
                        asset.address <> '' OR asset.url <> ''
                        OR EXISTS (SELECT 1 FROM agent WHERE agent.asset_id = asset.id AND agent.revoked IS NULL)))
                """, arguments: filter.arguments
            ) { $0.text(0) })
    }

    /// Adds a site or brings a known one to these values.
    package func put(_ site: Site) throws {
        try connection.run(
            """
            INSERT INTO site (name, title, address, latitude, longitude) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                title = excluded.title, address = excluded.address, latitude = excluded.latitude,
                longitude = excluded.longitude
            """, site.name, site.title, site.address, site.coordinates?.latitude, site.coordinates?.longitude)
        try connection.run("DELETE FROM site_unit WHERE site = ?", site.name)
        for (place, unit) in site.units.enumerated() {
            try connection.run(
                "INSERT INTO site_unit (site, place, unit) VALUES (?, ?, ?)", site.name, place, unit)
        }
        try connection.run("DELETE FROM contact WHERE site = ?", site.name)
        for (place, contact) in site.contacts.enumerated() {
            try connection.run(
                "INSERT INTO contact (site, place, name, role, phone, mail) VALUES (?, ?, ?, ?, ?, ?)",
                site.name, place, contact.name, contact.role, contact.phone, contact.mail)
        }
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM site WHERE name = ?", name)
    }

    private static let columns = "name, title, address, latitude, longitude"

    private static func filter(_ scope: Scope) -> (sql: String, arguments: [any Bindable]) {
        guard case .units = scope else { return ("1 = 1", []) }
        let filter = ScopeFilter(scope, column: "site_unit.unit")
        return (
            "EXISTS (SELECT 1 FROM site_unit WHERE site_unit.site = site.name AND \(filter.sql))", filter.arguments
        )
    }

    private func site(_ row: borrowing Row) -> Site {
        var site = Site(name: row.text(0), title: row.text(1), address: row.text(2))
        if let latitude = row.optionalReal(3), let longitude = row.optionalReal(4) {
            site.coordinates = Coordinates(latitude: latitude, longitude: longitude)
        }
        return site
    }
}
