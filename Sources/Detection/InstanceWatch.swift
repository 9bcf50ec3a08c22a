package import Vocabulary

/// Who reports as one agent, and whether that is more than one machine: a copied disk carries the agent's key with it.
///
/// Each process has a random number. A restart brings a new one and the old one never returns, but for one delivery at
/// most that was under way when it died. One that has returned twice after a younger one came is alive beside it.
/// Whoever was there first keeps the agent; a restart, from the same address and host, takes its predecessor's seat.
package struct InstanceWatch: Hashable, Sendable {
    /// Where a process reports from.
    package struct Origin: Hashable, Sendable {
        package var address: String
        package var hostname: String

        package init(address: String, hostname: String) {
            self.address = address
            self.hostname = hostname
        }
    }

    package struct Instance: Hashable, Sendable {
        package var number: UInt64
        package var origin: Origin
        package var heard: Instant
        fileprivate var seat: Int
        /// In which turn it was last heard.
        fileprivate var turn: Int
        /// How often it was heard after a younger one had been.
        fileprivate var returns = 0
        /// The same, of younger ones in its own seat.
        fileprivate var returnsInSeat = 0
    }

    package enum Standing: Hashable, Sendable {
        /// Nobody else reports as this agent.
        case alone
        /// Others do, and this one was there first.
        case original(others: [Instance])
        /// This one came later; what it says is not to be mixed with what the original says.
        case copy(of: Instance)
    }

    /// One that was not heard of for this long is gone: agents come every five seconds, and after failures every ten.
    package static let memory = Duration.seconds(300)
    /// More are not told apart; the one heard longest ago is forgotten.
    package static let most = 8
    private static let proof = 2

    /// The oldest first.
    package private(set) var instances: [Instance] = []
    private var turn = 0

    package init() {}

    /// Takes note of a process, and says what to think of it.
    package mutating func hear(_ number: UInt64, from origin: Origin, at now: Instant) -> Standing {
        forget(at: now)
        turn += 1
        if let place = instances.firstIndex(where: { $0.number == number }) {
            let (seat, last) = (instances[place].seat, instances[place].turn)
            let younger = instances[(place + 1)...].filter { $0.turn > last }
            if !younger.isEmpty { instances[place].returns += 1 }
            if younger.contains(where: { $0.seat == seat }) { instances[place].returnsInSeat += 1 }
            instances[place].turn = turn
            instances[place].heard = now
            instances[place].origin = origin
        } else {
            let seat = instances.last { $0.origin == origin }?.seat ?? (instances.map(\.seat).max() ?? 0) + 1
            instances.append(Instance(number: number, origin: origin, heard: now, seat: seat, turn: turn))
            if instances.count > Self.most, let oldest = instances.indices.min(by: { turn(of: $0) < turn(of: $1) }) {
                instances.remove(at: oldest)
            }
        }
        return standing(of: number)
    }

    /// What is thought of a process that was heard; of any other, that it is alone.
    package func standing(of number: UInt64) -> Standing {
        guard instances.contains(where: { $0.returns >= Self.proof }), let original,
            instances.contains(where: { $0.number == number })
        else { return .alone }
        guard original.number == number else { return .copy(of: original) }
        // Of each seat the newest: those before it have died.
        let newest = instances.enumerated().filter { place, one in
            !instances[(place + 1)...].contains { $0.seat == one.seat }
        }
        return .original(others: newest.map(\.element).filter { $0.number != number })
    }

    /// Of the first seat its newest process, unless an older one proved to be alive beside it.
    private var original: Instance? {
        let seat = instances.map(\.seat).min()
        let sitting = instances.filter { $0.seat == seat }
        return sitting.first { $0.returnsInSeat >= Self.proof } ?? sitting.last
    }

    private func turn(of place: Int) -> Int { instances[place].turn }

    private mutating func forget(at now: Instant) {
        instances.removeAll { now - $0.heard > Self.memory }
        // Who is left alone proves nothing any more.
        guard instances.count == 1 else { return }
        instances[0].returns = 0
        instances[0].returnsInSeat = 0
    }
}
