internal import Vocabulary

extension SignInRule {
    /// The rule as it was when `memory` was written; lines that it does not know are left out.
    package init(memory lines: [[String]]) {
        var origin: Origin?
        for line in lines {
            switch line.field(0) {
            case "refused":
                refused.append(Refused(process: line.field(1), user: line.field(2)))
            case "origin":
                origin = SignIn.Service(rawValue: line.field(1)).map { Origin(service: $0, source: line.field(2)) }
                guard let origin, let last = line.number(3) else { continue }
                streaks[origin] = Streak()
                streaks[origin]?.last = Instant(microseconds: last)
            case "failed":
                guard let origin, let at = line.number(1), let count = line.number(2) else { continue }
                streaks[origin]?.failures.append(
                    .init(at: Instant(microseconds: at), count: Int(clamping: count), user: line.field(3)))
            case "attack":
                guard let origin, let first = line.number(1), let count = line.number(2), let told = line.number(3),
                    let toldAt = line.number(4)
                else { continue }
                streaks[origin]?.attack = .init(
                    first: Instant(microseconds: first), count: Int(clamping: count), users: [:],
                    toldCount: Int(clamping: told), toldAt: Instant(microseconds: toldAt))
            case "tried":
                guard let origin, let count = line.number(1) else { continue }
                streaks[origin]?.attack?.users[line.field(2)] = Int(clamping: count)
            case "entered":
                guard let origin else { continue }
                streaks[origin]?.attack?.entered.insert(line.field(1))
            default: continue
            }
        }
    }

    /// What has to be kept for the rule to go on after a restart as if there had been none.
    package func remember(in memory: inout MemoryText) {
        for name in refused { memory.add("refused", name.process, name.user) }
        for (origin, streak) in streaks.sorted(by: { $0.key.source < $1.key.source }) {
            memory.add("origin", origin.service.rawValue, origin.source, String(streak.last.microseconds))
            for failure in streak.failures {
                memory.add("failed", String(failure.at.microseconds), String(failure.count), failure.user)
            }
            guard let attack = streak.attack else { continue }
            memory.add(
                "attack", String(attack.first.microseconds), String(attack.count), String(attack.toldCount),
                String(attack.toldAt.microseconds))
            for (user, count) in attack.users.sorted(by: { $0.key < $1.key }) {
                memory.add("tried", String(count), user)
            }
            for user in attack.entered.sorted() { memory.add("entered", user) }
        }
    }
}
