import ProbeKit
import ProbeSockets
import Sockets
import TLS
import TLSSettings
import Vocabulary

/// One run against one address: connection, what is said in the open, handshake; and what was seen of them.
struct TLSRun {
    let settings: TLSSettings
    let host: String
    let address: SocketAddress
    private var mark: ContinuousClock.Instant
    private var phases: [(name: String, span: Duration)] = []
    private var peer: TLSPeer?
    private var trace: [String] = []

    /// `begin` is when its name began to be looked up.
    init(settings: TLSSettings, host: String, address: SocketAddress, begin: ContinuousClock.Instant) {
        self.settings = settings
        self.host = host
        self.address = address
        mark = begin
        end("resolve")
    }

    private mutating func end(_ phase: String) {
        let now = ContinuousClock.now
        phases.append((phase, mark.duration(to: now)))
        mark = now
    }

    /// nil: the handshake came to its end, and `answer` judges what was seen.
    mutating func go(
        _ client: TLSClient, _ poller: Poller, until deadline: ContinuousClock.Instant
    ) async -> Outcome? {
        let connection: TCPConnection
        do throws(TCPConnection.Failure) {
            connection = try await TCPConnection.open(to: address, poller: poller, until: deadline)
        } catch {
            trace.append("connect to \(address): \(error)")
            return SocketVerdict.outcome(ofConnecting: error)
        }
        trace.append("connected to \(address)")
        end("connect")
        let outcome = await talk(client, over: connection, until: deadline)
        connection.close()
        return outcome
    }

    private mutating func talk(
        _ client: TLSClient, over connection: borrowing TCPConnection, until deadline: ContinuousClock.Instant
    ) async -> Outcome? {
        if settings.startTLS != .none {
            if let outcome = await begin(over: connection, until: deadline) { return outcome }
            end("starttls")
        }
        do throws(TLSError) {
            var handshake = try TLSHandshake(client, name: host)
            let outcome = try await shake(&handshake, over: connection, until: deadline)
            peer = handshake.peer()
            if outcome == nil { end("tls") }
            return outcome
        } catch {
            trace.append("handshake: \(error.words)")
            guard !error.isOurs else { return .unknown(Reason("not-asked", step: "tls", got: error.words)) }
            let words = error.isForeign ? "no TLS; \(error.words)" : error.words
            return .down(Reason("tls-failed", step: "tls", expected: "a TLS handshake", got: words))
        }
    }

    private mutating func begin(
        over connection: borrowing TCPConnection, until deadline: ContinuousClock.Instant
    ) async -> Outcome? {
        var dialogue = StartTLSDialogue(settings.startTLS)
        var step = dialogue.begin()
        defer { trace += dialogue.lines }
        do throws(TCPConnection.Failure) {
            while true {
                switch step {
                case .done: return nil
                case .send(let bytes):
                    try await connection.send(bytes, until: deadline)
                    step = .wait
                case .wait: step = dialogue.take(try await connection.receive(until: deadline))
                case .refused(let expected, let got):
                    return .down(Reason("starttls-refused", step: "starttls", expected: expected, got: got))
                }
            }
        } catch {
            return Self.outcome(of: error, step: "starttls", expected: dialogue.expected)
        }
    }

    /// nil: it came to its end.
    private mutating func shake(
        _ handshake: inout TLSHandshake, over connection: borrowing TCPConnection,
        until deadline: ContinuousClock.Instant
    ) async throws(TLSError) -> Outcome? {
        while true {
            let progress: Result<Bool, TLSError>
            do throws(TLSError) {
                progress = .success(try handshake.advance())
            } catch {
                progress = .failure(error)
            }
            if case .success(true) = progress { handshake.close() }
            do throws(TCPConnection.Failure) {
                // An alert goes out as well.
                try await connection.send(handshake.pending(), until: deadline)
            } catch {
                // What was seen counts, though the server did not wait for our goodbye.
                if case .success(false) = progress {
                    return Self.outcome(of: error, step: "tls", expected: "a TLS handshake")
                }
            }
            guard try !progress.get() else { return nil }
            let bytes: [UInt8]
            do throws(TCPConnection.Failure) {
                bytes = try await connection.receive(atMost: 16_384, until: deadline)
            } catch {
                return Self.outcome(of: error, step: "tls", expected: "a TLS handshake")
            }
            try handshake.take(bytes)
        }
    }

    private static func outcome(of failure: TCPConnection.Failure, step: String, expected: String) -> Outcome {
        switch failure {
        case .timedOut:
            .down(Reason("timeout", step: step, expected: expected, got: "nothing before the deadline"))
        case .ended:
            .down(Reason("connection-lost", step: step, expected: expected, got: "the end of the connection"))
        default:
            switch SocketVerdict.outcome(ofConnecting: failure) {
            case .down(let reason):
                .down(Reason(reason.code, step: step, expected: expected, got: reason.got))
            case let outcome: outcome
            }
        }
    }

    func answer(_ stop: Outcome?, at now: Instant) -> Answer {
        let seen = peer ?? TLSPeer()
        var answer = Answer(stop ?? TLSVerdict.outcome(of: seen, for: host, settings, at: now))
        answer.readings = phases.map { Reading(Metric("tls_phase_seconds", ["phase": $0.name]), $0.span.inSeconds) }
        answer.readings += TLSVerdict.readings(seen, at: now)
        answer.facts = TLSVerdict.facts(seen)
        answer.trace = trace
        if stop == nil { answer.trace.append("\(seen.version), \(seen.cipher), \(seen.cipherBits) bits") }
        for (index, certificate) in seen.chain.enumerated() {
            answer.trace.append(
                "certificate \(index): \(certificate.subject); issued by \(certificate.issuer); "
                    + "\(certificate.keyKind) \(certificate.keyBits), \(certificate.signature); until "
                    + (certificate.notAfter?.description ?? "?"))
        }
        answer.trace += seen.faults.map { "certificate \($0.depth): \($0.words)" }
        return answer
    }
}
