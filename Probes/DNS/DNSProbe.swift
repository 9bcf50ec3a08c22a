package import Curl
package import DNSSettings
package import ProbeKit
import ProbeSettings
import ProbeSockets
import ProbeTransfer
package import Sockets
import Synchronization
import Vocabulary

/// Asks a name server a question by UDP, TCP or TLS, and judges the answer.
package struct DNSProbe: Probe {
    private let udp: UDPEngine
    private let poller: Poller
    private let curl: CurlEngine
    private let resolver: any Resolver
    private let trust: TLSOptions.Trust
    private let identifier: @Sendable () -> UInt16

    /// `trust` says whose certificates count by TLS where `verify` is on.
    package init(
        poller: Poller, curl: CurlEngine, resolver: any Resolver, trust: TLSOptions.Trust = .system,
        identifier: @escaping @Sendable () -> UInt16 = { .random(in: 0 ... .max) }
    ) {
        udp = UDPEngine("dns") { bytes in DNSQuestion.key(answering: bytes).map { UDPMark($0) } }
        self.poller = poller
        self.curl = curl
        self.resolver = resolver
        self.trust = trust
        self.identifier = identifier
    }

    /// Ends the socket and its thread; harmless the second time.
    package func close() {
        udp.close()
    }

    package func executor(for settings: DNSSettings) -> (any TaskExecutor)? {
        settings.transport == .udp ? udp.executor : nil
    }

    package func measure(
        _ target: String, settings: DNSSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let place: HostPort
        do throws(SettingsError) {
            place = try HostPort(target, defaultPort: settings.defaultPort)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        // For the way back.
        let deadline = deadline - .milliseconds(20)
        let reply: Reply
        switch await ask(place, settings, until: deadline) {
        case .success(let found): reply = found
        case .failure(let stop): return Answer(stop.outcome, trace: ["asked \(place): \(stop.outcome)"])
        }
        var outcome = DNSVerdict.outcome(of: reply.message, settings, elapsed: reply.elapsed)
        var trace = ["asked \(place) for \(settings.type.name) of \(settings.name): \(reply.message.codeName)"]
        trace += reply.message.answers.map { "\($0.name) \($0.life) \($0.text)" }
        if !settings.peers.isEmpty, outcome == .up {
            let serials = await serials(settings, until: deadline)
            trace += serials.map { "\($0.server): \($0.serial.map(String.init) ?? "no serial number")" }
            let own = DNSVerdict.records(reply.message, .soa).compactMap(\.serial).first
            if let reason = DNSVerdict.agreement([(place.description, own)] + serials) { outcome = .degraded(reason) }
        }
        return Answer(
            outcome,
            readings: DNSVerdict.readings(reply.message, settings) + [
                Reading(Metric("dns_duration_seconds"), reply.elapsed.inSeconds)
            ], trace: trace, roundTrip: reply.roundTrip)
    }

    struct Reply: Sendable {
        var message: DNSMessage
        var elapsed: Duration
        var roundTrip: Duration?
    }

    struct Stop: Error {
        var outcome: Outcome
    }

    /// All at a time; nil for one that does not tell.
    private func serials(
        _ settings: DNSSettings, until deadline: ContinuousClock.Instant
    ) async -> [(server: String, serial: UInt32?)] {
        await withTaskGroup(of: (Int, UInt32?).self) { group in
            for (index, peer) in settings.peers.enumerated() {
                group.addTask {
                    guard case .success(let reply) = await ask(peer, settings, until: deadline) else {
                        return (index, nil)
                    }
                    return (index, DNSVerdict.records(reply.message, .soa).compactMap(\.serial).first)
                }
            }
            var found = settings.peers.map { (server: $0.description, serial: UInt32?.none) }
            for await (index, serial) in group { found[index].serial = serial }
            return found
        }
    }

    private func ask(
        _ place: HostPort, _ settings: DNSSettings, until deadline: ContinuousClock.Instant
    ) async -> Result<Reply, Stop> {
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(of: place, family: settings.family.addressFamily, until: deadline)
        } catch {
            return .failure(Stop(outcome: .unknown(error.reason)))
        }
        let question = DNSQuestion(
            identifier: identifier(), name: settings.name, type: settings.type, wantsRecursion: settings.recursion)
        switch settings.transport {
        case .udp:
            let found = await byUDP(question, address, until: deadline)
            guard case .success(let reply) = found, reply.message.isTruncated else { return found }
            return await byTCP(question, address, until: deadline)
        case .tcp: return await byTCP(question, address, until: deadline)
        case .tls: return await byTLS(question, address, place, settings, until: deadline)
        }
    }

    private func byUDP(
        _ question: DNSQuestion, _ address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> Result<Reply, Stop> {
        let result = await udp.exchange(
            UDPExchange(
                to: address, payload: question.bytes, key: question.key,
                retransmissions: [.seconds(1), .seconds(1), .seconds(1)], deadline: deadline))
        switch result.ending {
        case .answered(let answer):
            return Self.read(answer.bytes, elapsed: answer.elapsed, roundTrip: answer.roundTrip)
        case .timedOut: return .failure(Stop(outcome: Self.silence))
        case .refused(let fault):
            return .failure(Stop(outcome: SocketVerdict.outcome(of: fault, expected: "an answer to DNS")))
        case .cannotSend(let error): return .failure(Stop(outcome: SocketVerdict.outcome(ofSending: error)))
        case .cancelled: return .failure(Stop(outcome: .unknown(Reason("cancelled"))))
        }
    }

    private func byTCP(
        _ question: DNSQuestion, _ address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> Result<Reply, Stop> {
        let begin = ContinuousClock.now
        do throws(TCPConnection.Failure) {
            let connection = try await TCPConnection.open(to: address, poller: poller, until: deadline)
            let result = await Self.talk(question, over: connection, since: begin, until: deadline)
            connection.close()
            return result
        } catch {
            return .failure(Stop(outcome: SocketVerdict.outcome(ofConnecting: error)))
        }
    }

    private static func talk(
        _ question: DNSQuestion, over connection: borrowing TCPConnection, since begin: ContinuousClock.Instant,
        until deadline: ContinuousClock.Instant
    ) async -> Result<Reply, Stop> {
        var stream = DNSStream()
        do throws(TCPConnection.Failure) {
            try await connection.send(question.framed, until: deadline)
            while true {
                stream.take(try await connection.receive(until: deadline))
                guard let bytes = stream.next() else { continue }
                guard DNSQuestion.key(answering: bytes) == question.key else { return .failure(stray) }
                return read(bytes, elapsed: begin.duration(to: .now), roundTrip: nil)
            }
        } catch {
            switch error {
            case .timedOut: return .failure(Stop(outcome: silence))
            case .ended:
                return .failure(
                    Stop(
                        outcome: .down(
                            Reason(
                                "connection-lost", step: "response", expected: "an answer to DNS",
                                got: "the end of the connection"))))
            default: return .failure(Stop(outcome: SocketVerdict.outcome(ofConnecting: error)))
            }
        }
    }

    private func byTLS(
        _ question: DNSQuestion, _ address: SocketAddress, _ place: HostPort, _ settings: DNSSettings,
        until deadline: ContinuousClock.Instant
    ) async -> Result<Reply, Stop> {
        let (begin, heard) = (ContinuousClock.now, Heard())
        var transfer = Transfer(
            "https://\(place)/", timeout: max(.milliseconds(1), ContinuousClock.now.duration(to: deadline)))
        transfer.connectTo = Transfer.ConnectTo(
            host: place.host, port: place.port, address: address.literal, addressPort: address.port)
        transfer.tls = TLSOptions(trust: settings.verifies ? trust : .anybody)
        transfer.conversation = Conversation(
            begin: { _, _ in question.framed }, take: { heard.take($0) ? .end : .wait })
        switch await curl.perform(transfer) {
        case .failure(let error): return .failure(Stop(outcome: TransferVerdict.outcome(of: error)))
        case .success:
            guard let bytes = heard.message, DNSQuestion.key(answering: bytes) == question.key else {
                return .failure(Self.stray)
            }
            return Self.read(bytes, elapsed: begin.duration(to: .now), roundTrip: nil)
        }
    }

    private static func read(_ bytes: [UInt8], elapsed: Duration, roundTrip: Duration?) -> Result<Reply, Stop> {
        do throws(DNSMessage.Fault) {
            return .success(Reply(message: try DNSMessage(bytes), elapsed: elapsed, roundTrip: roundTrip))
        } catch {
            return .failure(
                Stop(
                    outcome: .down(
                        Reason("malformed", step: "response", expected: "a DNS message", got: error.description))))
        }
    }

    private static let stray = Stop(
        outcome: .down(
            Reason("malformed", step: "response", expected: "a DNS message", got: "an answer to another question")))

    private static let silence = Outcome.down(
        Reason("timeout", step: "response", expected: "an answer to DNS", got: "nothing before the deadline"))
}

/// What came by TLS, on libcurl's thread.
private final class Heard: Sendable {
    private struct State: Sendable {
        var stream = DNSStream()
        var message: [UInt8]?
    }

    private let state = Mutex(State())

    var message: [UInt8]? { state.withLock { $0.message } }

    /// Whether a whole message has come.
    func take(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            state.stream.take(bytes)
            state.message = state.stream.next()
            return state.message != nil
        }
    }
}
