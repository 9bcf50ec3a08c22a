import Detection
import Inventory
import Notify
import ProbeSettings
import Storage
import Vocabulary
import Yams

/// Writes resources as the files that declare them: what is written is read back as the same.
package enum ResourceWriter {
    /// One YAML document a resource.
    package static func yaml(_ resources: [Resource]) throws -> String {
        try resources.map { resource in
            try Yams.serialize(node: Node(resource), width: -1, allowUnicode: true)
        }.joined(separator: "---\n")
    }
}

extension Node {
    fileprivate init(_ resource: Resource) {
        var document = Document()
        document.add("apiVersion", "haidang/v1")
        document.add("kind", resource.kind.rawValue)
        document.add("name", resource.name)
        switch resource {
        case .unit(let unit): document.add(unit)
        case .site(let site): document.add(site)
        case .hours(let hours): document.add(hours)
        case .rule(let rule): document.add(rule)
        case .asset(let asset): document.add(asset)
        case .maintenance(let maintenance): document.add(MaintenanceDraft(maintenance))
        case .route(let route): document.add(route)
        }
        self = document.node
    }
}

/// Keys and values in the order in which people read them; what is empty is not written.
struct Document {
    private var pairs: [(Node, Node)] = []

    var node: Node { Node(pairs) }

    init() {}

    mutating func add(_ key: String, _ text: String) {
        guard !text.isEmpty else { return }
        pairs.append((Node(key), Self.scalar(text)))
    }

    mutating func add(_ key: String, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        pairs.append((Node(key), .sequence(.init(texts.map(Self.scalar), .implicit, .flow))))
    }

    /// One text a line: commas belong to them.
    mutating func add(_ key: String, lines: [String]) {
        guard !lines.isEmpty else { return }
        pairs.append((Node(key), .sequence(.init(lines.map(Self.scalar), .implicit, .block))))
    }

    mutating func add(_ key: String, number: Double) {
        pairs.append((Node(key), .scalar(.init("\(number)", .implicit, .plain))))
    }

    mutating func add(_ key: String, plain text: String) {
        guard !text.isEmpty else { return }
        pairs.append((Node(key), .scalar(.init(text, .implicit, .plain))))
    }

    mutating func add(_ key: String, _ inner: [Document]) {
        guard !inner.isEmpty else { return }
        pairs.append((Node(key), .sequence(.init(inner.map(\.node), .implicit, .block))))
    }

    mutating func add(_ key: String, _ inner: Document) {
        guard !inner.pairs.isEmpty else { return }
        pairs.append((Node(key), inner.node))
    }

    /// Quoted where other readers would take it for something else than a text, a code such as 0123 above all; several
    /// lines as a block.
    private static func scalar(_ text: String) -> Node {
        if text.contains("\n") { return Node(text, .implicit, .literal) }
        let plain = Node(text, .implicit, .any)
        let isText = Resolver.default.resolveTag(of: plain) == .str
        return isText ? plain : Node(text, .implicit, .doubleQuoted)
    }
}

extension Document {
    mutating func add(_ unit: UnitStore.Unit) {
        add("title", unit.title)
        add("level", unit.level)
        add("parent", unit.parent)
        add("code", unit.code)
        add("begins", plain: unit.begins)
        add("ends", plain: unit.ends)
    }

    mutating func add(_ site: SiteStore.Site) {
        add("title", site.title)
        add("units", site.units)
        add("address", site.address)
        if let coordinates = site.coordinates {
            add("latitude", number: coordinates.latitude)
            add("longitude", number: coordinates.longitude)
        }
        add(
            "contacts",
            site.contacts.map { contact in
                var inner = Document()
                inner.add("name", contact.name)
                inner.add("role", contact.role)
                inner.add("phone", contact.phone)
                inner.add("mail", contact.mail)
                return inner
            })
    }

    mutating func add(_ asset: AssetResource) {
        add("class", asset.assetClass)
        add("site", asset.site)
        add("unit", asset.unit)
        add("address", asset.address)
        add("url", asset.url)
        add("answers", asset.answers)
        add("plugins", asset.plugins)
        add("exporter", asset.exporter)
        if asset.importance != .normal { add("importance", asset.importance.rawValue) }
        add("hours", asset.hours)
        add("via", asset.viaTexts)
        if asset.flapping != .fold { add("flapping", asset.flapping.rawValue) }
        var secrets = Document()
        for (purpose, name) in asset.secrets.sorted(by: { $0.key < $1.key }) { secrets.add(purpose, name) }
        add("secrets", secrets)
        var book = Document()
        for field in BookField.allCases {
            guard let value = asset.book[field] else { continue }
            switch field.form {
            case .text: book.add(field.rawValue, value)
            case .date, .money, .count: book.add(field.rawValue, plain: value)
            }
        }
        add("book", book)
    }

    mutating func add(_ hours: Hours) {
        add("title", hours.title)
        add("weekly", lines: hours.times.rules.map(\.description))
        add("except", lines: hours.exceptionTexts)
    }

    mutating func add(_ draft: MaintenanceDraft) {
        add("from", draft.from)
        add("until", draft.until)
        add("every", lines: draft.every)
        add("sites", draft.sites)
        add("units", draft.units)
        add("assets", draft.assets)
        add("classes", draft.classes)
        add("reason", draft.reason)
        add("who", draft.who)
    }

    mutating func add(_ rule: Rule) {
        var match = Document()
        match.add("classes", rule.match.classes)
        match.add("units", rule.match.units)
        match.add("sites", rule.match.sites)
        match.add("assets", rule.match.assets)
        add("match", match)
        add("patience", rule.patience?.spelled ?? "")
        var checks = Document()
        for (kind, values) in rule.checks.sorted(by: { $0.key < $1.key }) {
            var settings = Document()
            for (key, value) in values.sorted(by: { $0.key < $1.key }) { settings.add(key, value) }
            checks.add(kind, settings)
        }
        add("checks", checks)
    }

    mutating func add(_ route: RouteResource) {
        var match = Document()
        if route.importance != Set(Importance.allCases) {
            match.add("importance", Importance.allCases.filter(route.importance.contains).map(\.rawValue))
        }
        add("match", match)
        add("language", route.language)
        add("channel", Document(route.channels.first))
        if let fallback = route.channels.fallback { add("fallback", Document(fallback)) }
        var quiet = Document()
        for importance in Importance.allCases {
            quiet.add(importance.rawValue, lines: route.channels.quiet.texts(importance))
        }
        add("quietHours", quiet)
        if route.channels.proof != .weekly { add("proofOfLife", route.channels.proof.rawValue) }
    }
}
