package import Detection
import Inventory
import Vocabulary

/// A maintenance as people write it, in files, in forms and to the API: texts, not yet judged.
package struct MaintenanceDraft: Hashable, Sendable {
    /// What is wrong, and under which key.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package enum Kind: Hashable, Sendable {
            case missing, noMoment, notAfter, unknownClass, forNothing, badRule
        }

        package var kind: Kind
        package var key: String
        package var problem: String

        package var description: String { "\(key): \(problem)" }
    }

    package var name: String
    package var from = ""
    package var until = ""
    package var every: [String] = []
    package var sites: [String] = []
    package var units: [String] = []
    package var assets: [String] = []
    package var classes: [String] = []
    package var reason = ""
    package var who = ""

    package init(name: String) {
        self.name = name
    }

    package init(_ maintenance: Maintenance) {
        name = maintenance.name
        reason = maintenance.reason
        who = maintenance.who
        switch maintenance.times {
        case .once(let span):
            (from, until) = (LocalTime.text(span.lowerBound), LocalTime.text(span.upperBound))
        case .recurring(let rules, let start, let end):
            every = rules.map(\.description)
            (from, until) = (start.map(LocalTime.text) ?? "", end.map(LocalTime.text) ?? "")
        }
        for target in maintenance.targets {
            switch target {
            case .site(let site): sites.append(site)
            case .unit(let unit): units.append(unit)
            case .asset(let asset): assets.append(asset)
            case .assetClass(let name): classes.append(name)
            }
        }
    }

    /// What it says; whether the names lead somewhere is found out where they are known.
    package func judged() throws(Fault) -> Maintenance {
        let (start, end) = (try moment("from", from), try moment("until", until))
        if let start, let end, end <= start {
            throw Fault(kind: .notAfter, key: "until", problem: "\(until) is not after from: \(from)")
        }
        for name in classes where AssetClass.named(name) == nil {
            let known = AssetClass.all.map(\.name).joined(separator: ", ")
            throw Fault(kind: .unknownClass, key: "classes", problem: "\"\(name)\" is none of: \(known)")
        }
        let targets =
            sites.map(Maintenance.Target.site) + units.map(Maintenance.Target.unit)
            + assets.map(Maintenance.Target.asset) + classes.map(Maintenance.Target.assetClass)
        guard !targets.isEmpty else {
            throw Fault(
                kind: .forNothing, key: "sites",
                problem: "it is for nothing: sites, units, assets or classes say for what")
        }
        return Maintenance(
            name: name, times: try times(from: start, until: end), targets: targets, reason: reason, who: who)
    }

    private func times(from start: Instant?, until end: Instant?) throws(Fault) -> Maintenance.Times {
        guard !every.isEmpty else {
            guard let start, let end else {
                throw Fault(
                    kind: .missing, key: start == nil ? "from" : "until",
                    problem: "is missing: it has from and until, or every with days and times")
            }
            return .once(start..<end)
        }
        var rules: [DayRule] = []
        do throws(CalendarError) {
            for text in every { rules.append(try DayRule(text)) }
        } catch {
            throw Fault(kind: .badRule, key: "every", problem: error.description)
        }
        return .recurring(rules, from: start, until: end)
    }

    private func moment(_ key: String, _ text: String) throws(Fault) -> Instant? {
        guard !text.isEmpty else { return nil }
        guard let instant = LocalTime.instant(text) else {
            throw Fault(kind: .noMoment, key: key, problem: "\"\(text)\" is no moment such as 2026-11-28 22:00")
        }
        return instant
    }
}
