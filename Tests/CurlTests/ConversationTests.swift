import Curl
import Foundation
import Synchronization
import TLS
import TestSupport
import Testing

/// Against OpenSSL's own server, which sends each line back reversed, or says nothing.
@Suite struct ConversationTests {
    private let engine: CurlEngine
    private let folder: TemporaryFolder
    private let certificates: Certificates

    init() throws {
        engine = CurlEngine()
        folder = try TemporaryFolder()
        certificates = try Certificates(in: folder)
    }

    /// What the engine's thread gathers.
    private final class Heard: Sendable {
        let text = Mutex("")
        let local = Mutex("")
    }

    private func server(_ how: String...) throws -> (child: Child, port: UInt16) {
        try certificates.issue("server")
        let port = try Loopback.freePort()
        let child = try Child(
            try Command.path(of: "openssl"),
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", folder.path("server.pem"), "-key",
                folder.path("server.key"), "-quiet",
            ] + how)
        try #require(child.wait { Loopback.answers(port: port) })
        return (child, port)
    }

    private func transfer(_ port: UInt16, _ conversation: Conversation, scheme: String = "https") throws -> Transfer {
        var transfer = Transfer("\(scheme)://127.0.0.1:\(port)/", timeout: .seconds(20))
        transfer.tls = TLSOptions(trust: .authorities(try certificates.authority), wantsCertificate: true)
        transfer.conversation = conversation
        return transfer
    }

    @Test func turnsAreTakenOverOneConnection() async throws {
        let server = try server("-rev")
        let heard = Heard()
        let conversation = Conversation(
            begin: { address, port in
                heard.local.withLock { $0 = "\(address) \(port > 0)" }
                return Array("one\n".utf8)
            },
            take: { bytes in
                heard.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                return switch heard.text.withLock(\.self) {
                case "eno\n": .send(Array("two\n".utf8))
                case "eno\nowt\n": .end
                default: .wait
                }
            })
        let result = try await engine.perform(transfer(server.port, conversation)).get()
        #expect(heard.text.withLock(\.self) == "eno\nowt\n" && heard.local.withLock(\.self) == "127.0.0.1 true")
        #expect(result.certificate?.subject.contains("CN = server") == true)
        #expect(result.timings.tls > .zero && result.timings.connect > .zero)
        withExtendedLifetime(server) {}
    }

    @Test func aSilentServerIsNudgedAndGivenUp() async throws {
        let server = try server("-rev")
        let heard = Heard()
        let conversation = Conversation(
            nudge: Conversation.Nudge(after: .milliseconds(50), bytes: Array("nudge\n".utf8)), begin: { _, _ in [] },
            take: { bytes in
                heard.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                return .wait
            })
        var silent = try transfer(server.port, conversation)
        silent.timeout = .milliseconds(500)
        guard case .failure(let error) = await engine.perform(silent) else {
            Issue.record("ended by itself")
            return
        }
        #expect(error.kind == .timedOut && error.step == .response && error.certificate != nil)
        #expect(heard.text.withLock(\.self) == "egdun\n")
        withExtendedLifetime(server) {}
    }

    @Test func plainConnectionsTalkTooAndTheirEndIsTold() async throws {
        let server = try LineServer(greeting: "hello\n") { $0 == "bye" ? nil : "more\n" }
        let heard = Heard()
        let conversation = Conversation(
            begin: { _, _ in Array("a\n".utf8) },
            take: { bytes in
                heard.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                return heard.text.withLock(\.self).hasSuffix("more\n") ? .send(Array("bye\n".utf8)) : .wait
            })
        let plain = try transfer(server.port, conversation, scheme: "http")
        guard case .failure(let error) = await engine.perform(plain) else {
            Issue.record("ended by itself")
            return
        }
        #expect(error.kind == .lost && error.step == .response)
        #expect(server.lines == ["a", "bye"] && heard.text.withLock(\.self) == "hello\nmore\n")
    }

    @Test func whatDoesNotSpeakTLSFailsBeforeAnythingIsSaid() async throws {
        let server = try LineServer(greeting: "220 hello\n") { _ in nil }
        let conversation = Conversation(begin: { _, _ in Array("secret\n".utf8) }, take: { _ in .end })
        guard case .failure(let error) = await engine.perform(try transfer(server.port, conversation)) else {
            Issue.record("succeeded")
            return
        }
        #expect(error.kind == .tlsFailed && server.lines.allSatisfy { !$0.contains("secret") })
    }

    @Test func twentyTalksAtATimeAreKeptApart() async throws {
        let server = try server("-rev")
        let port = server.port
        // OpenSSL's server takes one at a time; the others wait in its queue.
        let right = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let heard = Heard()
                    let wanted = String("line \(number)".reversed()) + "\n"
                    let conversation = Conversation(
                        begin: { _, _ in Array("line \(number)\n".utf8) },
                        take: { bytes in
                            heard.text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
                            return heard.text.withLock(\.self) == wanted ? .end : .wait
                        })
                    guard let transfer = try? self.transfer(port, conversation) else { return false }
                    guard case .success = await self.engine.perform(transfer) else { return false }
                    return true
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 20)
        withExtendedLifetime(server) {}
    }
}
