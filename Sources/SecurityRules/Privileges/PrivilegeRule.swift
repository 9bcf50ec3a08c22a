package import Vocabulary

/// Finds power over the machine that somebody did not have before.
///
/// Each place where power is written (accounts, groups, sudoers, one account's keys) is learned when it is first read:
/// at the first look, or when a right that was missing has been given. A place that comes to be later is no such
/// place: what stands in it is new.
package struct PrivilegeRule: Sendable {
    var known: [String: Set<String>] = [:]
    var isLearned = false
    /// Places that could not be read when they were last looked at and never before.
    var unread: Set<String> = []
    /// What was not there in the last look: editors replace files, and a moment without them takes nobody's power.
    private var missing: Set<String> = []

    package init() {}

    /// - Parameters:
    ///   - places: what stands in each place that could be read; one that is not there is empty.
    ///   - blind: the places that are there and could not be read.
    package mutating func apply(
        _ places: [String: Set<Privilege>], blind: Set<String>, at time: Instant
    ) -> [Finding] {
        var findings: [Finding] = []
        var gone: Set<String> = []
        for (place, held) in places {
            let now = Set(held.map(\.identity))
            if !isLearned || unread.contains(place) {
                known[place] = now
                unread.remove(place)
                continue
            }
            let before = known[place] ?? []
            let vanished = before.subtracting(now)
            gone.formUnion(vanished)
            known[place] = now.union(vanished.subtracting(missing))
            findings += held.filter { !before.contains($0.identity) }.map { privilege in
                Finding(
                    rule: RuleName.privilege, severity: privilege.severity, subject: privilege.subject,
                    firstSeen: time, lastSeen: time, evidence: privilege.evidence)
            }
        }
        unread.formUnion(blind.filter { known[$0] == nil })
        missing = gone
        isLearned = true
        return findings.sorted { $0.subject < $1.subject }
    }
}

extension PrivilegeRule {
    package init(memory lines: [[String]]) {
        for line in lines {
            switch line.field(0) {
            case "learned": isLearned = true
            case "unread": unread.insert(line.field(1))
            case "place": known[line.field(1)] = known[line.field(1)] ?? []
            case "held": known[line.field(1), default: []].insert(line.field(2))
            default: continue
            }
        }
    }

    package func remember(in memory: inout MemoryText) {
        guard isLearned else { return }
        memory.add("learned")
        for place in unread.sorted() { memory.add("unread", place) }
        for (place, held) in known.sorted(by: { $0.key < $1.key }) {
            memory.add("place", place)
            for identity in held.sorted() { memory.add("held", place, identity) }
        }
    }
}
