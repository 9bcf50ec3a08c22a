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
        var random: [UInt8] = []
    }

    /// A route that changes is in the next minute's requests; until then Via names an older address of ours, which
    /// answers do not mind: they come to where the request came from (RFC 3581).
    private static let placesLast = Duration.seconds(60)
    private static let limit = 4096
    private static let drawn = 4096
    /// Bytes.
    private static let longest = 1024
    private let state = Mutex(State())

    /// Of 16 bytes that nobody can guess; the kernel is asked once for many.
    func marks() throws(KeysError) -> SIPMarks {
        let numbers: (UInt64, UInt64)? = state.withLock { state in
            guard state.random.count >= 16 else { return nil }
            return (Self.number(&state.random), Self.number(&state.random))
        }
        if let (branch, dialog) = numbers { return SIPMarks(branch: branch, dialog: dialog) }
        var random = try Random.bytes(Self.drawn)
        let marks = SIPMarks(branch: Self.number(&random), dialog: Self.number(&random))
        let rest = random
        state.withLock { $0.random = rest }
        return marks
    }

    private static func number(_ bytes: inout [UInt8]) -> UInt64 {
        var number: UInt64 = 0
        for byte in bytes.suffix(8) { number = number << 8 | UInt64(byte) }
        bytes.removeLast(min(8, bytes.count))
        return number
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
