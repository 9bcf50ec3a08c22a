package import NTPSettings
package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
package import Vocabulary

/// Asks a time server for the time, and how far its clock is from this machine's.
package struct NTPProbe: Probe {
    private let engine: UDPEngine
    private let resolver: any Resolver
    private let now: @Sendable () -> Instant
    private let nonce: @Sendable () -> UInt64

    /// `engine`: made with `NTPProbe.reader`; `now`: the wall clock.
    package init(
        engine: UDPEngine, resolver: any Resolver, now: @escaping @Sendable () -> Instant,
        nonce: @escaping @Sendable () -> UInt64 = { .random(in: 1 ... .max) }
    ) {
        self.engine = engine
        self.resolver = resolver
        self.now = now
        self.nonce = nonce
    }

    /// Finds in a datagram which request it answers.
    package static let reader: @Sendable ([UInt8]) -> UDPMark? = { bytes in
        do throws(NTPPacket.Unusable) {
            return UDPMark(try NTPPacket(bytes).originate)
        } catch {
            return nil
        }
    }

    package func executor(for settings: NTPSettings) -> (any TaskExecutor)? { engine.executor }

    package func measure(
        _ target: String, settings: NTPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(
                of: target, defaultPort: NTPSettings.port, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        let nonce = nonce()
        let (before, start) = (now(), ContinuousClock.now)
        let result = await engine.exchange(
            UDPExchange(
                to: address, payload: NTPPacket.request(nonce: nonce), key: nonce,
                retransmissions: [.seconds(1), .seconds(1)], deadline: deadline))
        let whole = start.duration(to: .now)
        guard case .answered(let answer) = result.ending, let packet = Self.packet(answer.bytes) else {
            return Answer(NTPVerdict.outcome(of: result.ending), trace: ["asked \(address) \(result.sends) times"])
        }
        // Of several requests nobody can tell which was answered, and so not when.
        let offset = answer.roundTrip.map { roundTrip in
            // It left some time after `before` and came that long before now: halfway between is near enough. And the
            // middle of its way is when the server's clock showed the middle of its two readings (RFC 5905, 8).
            let middle = before + (whole - roundTrip) / 2 + roundTrip / 2
            return
                (NTPPacket.seconds(from: middle, to: packet.receive)
                + NTPPacket.seconds(from: middle, to: packet.transmit)) / 2
        }
        var facts: [Fact] = []
        if packet.stratum > 0 { facts.append(Fact("ntp", "reference", value: packet.referenceText)) }
        return Answer(
            NTPVerdict.outcome(of: packet, offset: offset, settings),
            readings: NTPVerdict.readings(packet, offset: offset, roundTrip: answer.roundTrip), facts: facts,
            trace: [
                "asked \(address) \(result.sends) times; version \(packet.version), leap \(packet.leap), "
                    + "stratum \(packet.stratum), reference \(packet.referenceText)"
            ], roundTrip: answer.roundTrip)
    }

    private static func packet(_ bytes: [UInt8]) -> NTPPacket? {
        do throws(NTPPacket.Unusable) {
            return try NTPPacket(bytes)
        } catch {
            return nil
        }
    }
}
