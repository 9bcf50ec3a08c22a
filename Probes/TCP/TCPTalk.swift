import Patterns
import ProbeSockets
import Sockets
import TCPSettings
import Vocabulary

/// What is said over one connection: the server's banner, our words, its answer.
struct TCPTalk {
    /// Beyond so many bytes nothing more is read of a banner or an answer.
    static let limit = 64 << 10

    private let settings: TCPSettings
    private var mark: ContinuousClock.Instant
    private(set) var phases: [(name: String, span: Duration)] = []
    private(set) var facts: [Fact] = []
    private(set) var trace: [String] = []

    init(_ settings: TCPSettings, since mark: ContinuousClock.Instant) {
        self.settings = settings
        self.mark = mark
    }

    mutating func go(
        over connection: borrowing TCPConnection, until deadline: ContinuousClock.Instant
    ) async -> Outcome {
        if let banner = settings.banner {
            let heard = await hear(banner, step: "banner", over: connection, until: deadline)
            if let fact = TCPVerdict.banner(heard.bytes) { facts.append(fact) }
            if let outcome = heard.outcome { return outcome }
        }
        if !settings.send.isEmpty {
            do throws(TCPConnection.Failure) {
                try await connection.send(settings.send, until: deadline)
                trace.append("sent \(TCPVerdict.quoted(settings.send))")
            } catch {
                return TCPVerdict.outcome(of: error, step: "send", expected: "our words to be taken", heard: [])
            }
        }
        guard let expect = settings.expect else { return .up }
        return await hear(expect, step: "response", over: connection, until: deadline).outcome ?? .up
    }

    /// Reads until what has come holds the pattern; without an outcome it does.
    private mutating func hear(
        _ pattern: Pattern, step: String, over connection: borrowing TCPConnection,
        until deadline: ContinuousClock.Instant
    ) async -> (bytes: [UInt8], outcome: Outcome?) {
        var bytes: [UInt8] = []
        var failure: TCPConnection.Failure?
        while failure == nil, bytes.count < Self.limit {
            do throws(TCPConnection.Failure) {
                bytes += try await connection.receive(atMost: Self.limit - bytes.count, until: deadline)
            } catch {
                failure = error
            }
            guard failure == nil, pattern.matches(bytes) else { continue }
            let now = ContinuousClock.now
            phases.append((step, mark.duration(to: now)))
            mark = now
            trace.append("\(step): \(TCPVerdict.quoted(bytes))")
            return (bytes, nil)
        }
        trace.append("\(step): \(TCPVerdict.quoted(bytes))")
        let expected = "an answer with \"\(pattern)\""
        if let failure { return (bytes, TCPVerdict.outcome(of: failure, step: step, expected: expected, heard: bytes)) }
        return (
            bytes, .down(Reason("wrong-answer", step: step, expected: expected, got: TCPVerdict.quoted(bytes)))
        )
    }
}
