import Keys
import Sockets
import Synchronization
import Vocabulary

/// What the checks of a probe need not find out anew each time: from which address a target is asked, and what a device
/// says of itself, which is the same in nearly every answer.
final class SIPMemory: Sendable {
    /// Our own end, as URIs and Via write it.
    struct Place: Hashable, Sendable {
        var host: String
        var port: UInt16
    }

    private struct Known: Sendable {
        var place: Place
        var until: ContinuousClock.Instant
    }

    private struct State: Sendable {
        var places: [SocketAddress: Known] = [:]
        var facts: [[UInt8]: [Fact]] = [:]
        /// Drawn ahead, each used once.
        var marks: [SIPMarks] = []
    }

    /// A route that changes is in the next minute's requests; until then Via names an older address of ours, which
    /// answers do not mind: they come to where the request came from (RFC 3581).
    private static let placesLast = Duration.seconds(60)
    private static let limit = 4096
    private static let drawn = 256
    /// Bytes.
    private static let longest = 1024
    private let state = Mutex(State())

    /// Of 16 bytes that nobody can guess; the kernel is asked once for many.
    func marks() throws(KeysError) -> SIPMarks {
        if let marks = state.withLock({ $0.marks.popLast() }) { return marks }
        let random = try Random.bytes(16 * Self.drawn)
        var drawn = (0..<Self.drawn).map { index in
            SIPMarks(
                branch: Self.number(random[(16 * index)..<(16 * index + 8)]),
                dialog: Self.number(random[(16 * index + 8)..<(16 * index + 16)]))
        }
        let marks = drawn.removeLast()
        let others = drawn
        state.withLock { $0.marks = others }
        return marks
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    func place(
        towards address: SocketAddress, from engine: UDPEngine, at now: ContinuousClock.Instant
    ) throws(SystemError) -> Place {
        if let place = known(address, at: now) { return place }
        let local = try engine.localAddress(towards: address)
        let place = Place(
            host: SIPConversation.bracketed(local.withoutPortAndScope.literal), port: local.port)
        state.withLock { state in
            if state.places.count >= Self.limit { state.places.removeAll() }
            state.places[address] = Known(place: place, until: now + Self.placesLast)
        }
        return place
    }

    private func known(_ address: SocketAddress, at now: ContinuousClock.Instant) -> Place? {
        state.withLock { state in
            guard let known = state.places[address], known.until > now else { return nil }
            return known.place
        }
    }

    func facts(of response: SIPResponse) -> [Fact] {
        let key = response.introduction
        // Who says more than anybody needs is read each time.
        guard key.count <= Self.longest else { return SIPJudgement.facts(of: response) }
        if let known = state.withLock({ $0.facts[key] }) { return known }
        let facts = SIPJudgement.facts(of: response)
        state.withLock { state in
            if state.facts.count >= Self.limit { state.facts.removeAll() }
            state.facts[key] = facts
        }
        return facts
    }
}
