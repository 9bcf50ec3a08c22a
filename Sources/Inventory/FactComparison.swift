package import Vocabulary

/// The differences between what a source said before and what it says now.
package struct FactComparison: Hashable, Sendable {
    package struct Difference: Hashable, Sendable {
        package var path: String
        /// nil: the fact appeared.
        package var was: String?
        /// nil: the fact vanished.
        package var became: String?

        /// Whether a change of it is worth remembering: whom a device heard lately, and which of its ports is up just now,
        /// come and go all day. Of its own machine (`agent`) the agent tells no such thing in passing.
        package func isHistory(from source: String) -> Bool {
            let segments = Fact(path: path, value: "").segments
            return switch segments.first {
            case "arp", "bridge": false
            case "interface": source == "agent" || segments.last != "state"
            default: true
            }
        }

        package init(path: String, was: String?, became: String?) {
            self.path = path
            self.was = was
            self.became = became
        }
    }

    /// In order of path.
    package var differences: [Difference]

    package init(before: [String: String], now facts: [Fact]) {
        var gone = before
        var found: [String: Difference] = [:]
        for fact in facts {
            if let old = gone.removeValue(forKey: fact.path) {
                if old != fact.value { found[fact.path] = Difference(path: fact.path, was: old, became: fact.value) }
            } else if before[fact.path] == nil {
                found[fact.path] = Difference(path: fact.path, was: nil, became: fact.value)
            }
        }
        for (path, old) in gone {
            found[path] = Difference(path: path, was: old, became: nil)
        }
        differences = found.values.sorted { $0.path < $1.path }
    }
}
