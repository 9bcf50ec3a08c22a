package import H323Settings
package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
import Synchronization
import Vocabulary

/// Asks an H.323 device whether its call signalling lives, or a gatekeeper whether it does and whom it has registered.
/// Nothing rings.
package struct H323Probe: Probe {
    let poller: Poller
    let ras: UDPEngine
    let turns: DeviceTurns
    /// Of the time, so much for STATUS ENQUIRY where SETUP may follow.
    let enquiryShare: Double
    private let patience: Duration
    private let resolver: any Resolver
    private let counter = RequestCounter()

    static let retransmissions = [Duration.milliseconds(500), .seconds(1), .seconds(2)]
    /// For the way back to whoever asked.
    private static let margin = Duration.milliseconds(10)

    /// `patience`: how long a run takes at most, whatever its deadline.
    package init(
        poller: Poller, resolver: any Resolver, patience: Duration = .seconds(4), enquiryShare: Double = 0.5
    ) {
        ras = UDPEngine("h323-ras") { RASReply.mark(in: $0) }
        self.poller = poller
        self.resolver = resolver
        self.patience = patience
        self.enquiryShare = enquiryShare
        turns = DeviceTurns(poller: poller)
    }

    /// Ends the socket and its thread; harmless the second time.
    package func close() {
        ras.close()
    }

    package func measure(
        _ target: String, settings: H323Settings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let deadline = min(deadline - Self.margin, .now + patience)
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(
                of: target, defaultPort: settings.defaultPort, family: settings.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        switch settings.method {
        case .status: return await askDevice(at: address, settings, until: deadline)
        case .gatekeeper, .registration:
            return await askGatekeeper(at: address, settings, number: counter.next(), until: deadline)
        }
    }
}

/// Numbers of RAS questions (H.225.0: RequestSeqNum), from 1 to 65535 and around again.
private final class RequestCounter: Sendable {
    private let last = Mutex(UInt16.random(in: 1...UInt16.max))

    func next() -> UInt16 {
        last.withLock { last in
            last = last == .max ? 1 : last + 1
            return last
        }
    }
}

extension H323Settings {
    fileprivate var addressFamily: AddressFamily? {
        // RAS carries the address to answer to, as IPv4.
        method == .status ? family.addressFamily : .ipv4
    }
}
