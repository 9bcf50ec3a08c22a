import Vocabulary

/// The failures of one source, as far back as they matter.
struct Streak: Sendable {
    struct Failure: Hashable, Sendable {
        var at: Instant
        var count: Int
        var user: String
    }

    /// An attack that was told.
    struct Attack: Hashable, Sendable {
        var first: Instant
        var count: Int
        var users: [String: Int]
        var toldCount: Int
        var toldAt: Instant
        /// Whose success was told already.
        var entered: Set<String> = []
    }

    /// Those of the last `quiet`, in the order in which they were logged.
    var failures: [Failure] = []
    var attack: Attack?
    var last = Instant(microseconds: .min)

    private static let mostFailures = 64
    private static let mostUsers = 50

    mutating func fail(_ user: String, count: Int, origin: SignInRule.Origin, at time: Instant) -> Finding? {
        if time - last > SignInRule.quiet { attack = nil }
        failures.removeAll { time - $0.at > SignInRule.quiet }
        failures.append(Failure(at: time, count: count, user: user))
        if failures.count > Self.mostFailures { failures.removeFirst() }
        last = max(last, time)
        if attack != nil {
            attack?.count += count
            if attack?.users[user] != nil || (attack?.users.count ?? 0) < Self.mostUsers {
                attack?.users[user, default: 0] += count
            }
            return nil
        }
        let burst = failures.filter { time - $0.at <= SignInRule.window }
        let total = burst.reduce(0) { $0 + $1.count }
        guard total >= SignInRule.burst else { return nil }
        var users: [String: Int] = [:]
        for failure in burst { users[failure.user, default: 0] += failure.count }
        let first = burst.map(\.at).min() ?? time
        attack = Attack(first: first, count: total, users: users, toldCount: total, toldAt: time)
        return guessing(origin)
    }

    /// The attack once more, when it went on since it was last told.
    mutating func update(_ origin: SignInRule.Origin, every pause: Duration, at now: Instant) -> Finding? {
        guard let attack, attack.count > attack.toldCount, now - attack.toldAt >= pause else { return nil }
        self.attack?.toldCount = attack.count
        self.attack?.toldAt = now
        return guessing(origin)
    }

    mutating func enter(_ user: String, method: String, origin: SignInRule.Origin, at time: Instant) -> Finding? {
        let recent = failures.filter { time - $0.at <= SignInRule.quiet }
        // sudo asks for the password of who types, whomever they want to be.
        let isOwn = { (failure: Failure) in origin.service == .sudo || failure.user == user }
        let own = recent.filter(isOwn).reduce(0) { $0 + $1.count }
        let isGuessing = attack != nil && time - last <= SignInRule.quiet
        guard isGuessing || own >= SignInRule.burst else {
            // Somebody mistyped and then did not: their own failures are explained by it, and nobody else's.
            failures.removeAll(where: isOwn)
            return nil
        }
        if isGuessing {
            guard attack?.entered.contains(user) == false else { return nil }
            if attack?.entered.count ?? 0 < Self.mostUsers { attack?.entered.insert(user) }
        }
        let first = (isGuessing ? attack?.first : nil) ?? recent.first?.at ?? time
        let count = isGuessing ? attack?.count ?? own : own
        failures.removeAll(where: isOwn)
        return Finding(
            rule: RuleName.entry, severity: .high, subject: "\(origin.service.rawValue) \(origin.source): \(user)",
            firstSeen: first, lastSeen: time, count: 1,
            evidence: [
                .init("service", origin.service.rawValue), .init("source", origin.source), .init("user", user),
                .init("method", method), .init("failures", String(count)), .init("signed-in", time.description),
            ])
    }

    private func guessing(_ origin: SignInRule.Origin) -> Finding? {
        guard let attack else { return nil }
        let users = attack.users.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let names = users.prefix(10).map { "\($0.key.isEmpty ? "\"\"" : $0.key) \($0.value)" }.joined(separator: ", ")
        return Finding(
            rule: RuleName.guessing, severity: .medium, subject: "\(origin.service.rawValue) \(origin.source)",
            firstSeen: attack.first, lastSeen: last, count: attack.count,
            evidence: [
                .init("service", origin.service.rawValue), .init("source", origin.source),
                .init("failures", String(attack.count)),
                .init("users", users.count > 10 ? "\(names), … (\(users.count))" : names),
            ])
    }
}
