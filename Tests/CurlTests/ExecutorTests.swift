import Captures
import Curl
import Glibc
import TestSupport
import Testing

/// Tasks that run on the engine's thread, and what it notes of their transfers.
@Suite struct ExecutorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func thread() -> pthread_t { pthread_self() }

    @Test func whoPrefersTheEngineNeverLeavesItsThread() async throws {
        let nginx = try Nginx(in: folder, "location / { return 200 ok; }")
        let engine = CurlEngine()
        let executor = try #require(engine.executor)
        let own = thread()
        let (statuses, isOneThread) = await withTaskExecutorPreference(executor) {
            let before = thread()
            var statuses: [Int] = []
            for _ in 0..<3 {
                let result = await engine.perform(Transfer("http://127.0.0.1:\(nginx.port)/", timeout: .seconds(20)))
                if case .success(let answer) = result { statuses.append(answer.status) }
            }
            return (statuses, before == thread() && before != own)
        }
        #expect(statuses == [200, 200, 200] && isOneThread)
    }

    @Test func aTaskOutlivesTheEngineThatItPrefers() async throws {
        let engine = CurlEngine()
        let executor = try #require(engine.executor)
        engine.close()
        let kind = await withTaskExecutorPreference(executor) {
            await Task.yield()
            guard case .failure(let error) = await engine.perform(Transfer("http://127.0.0.1:1/", timeout: .seconds(1)))
            else { return TransferError.Kind.other }
            return error.kind
        }
        #expect(kind == .closed && engine.executor == nil)
    }

    @Test func whatGoesOverTheWireIsNotedWithoutWhatLetsSomebodyIn() async throws {
        let nginx = try Nginx(in: folder, "location / { return 200 'xin chào'; }")
        let engine = CurlEngine()
        let capture = Capture(since: .now)
        capture.hide("s3cret")
        var transfer = Transfer(
            "http://127.0.0.1:\(nginx.port)/s3cret", headers: [Header("Authorization", "Bearer abcdef")],
            timeout: .seconds(20))
        transfer.login = .init(.basic, user: "u", password: "p")
        transfer.connection = .fresh
        let asked = transfer
        _ = await Capture.$current.withValue(capture) { await engine.perform(asked) }
        // Another one, by the same engine, is not noted.
        _ = await engine.perform(asked)
        let texts = capture.moments.compactMap { moment -> String? in
            guard case .bytes(let direction, let masked, _, medium: "HTTP", _) = moment.what else { return nil }
            return "\(direction): \(masked.text)"
        }
        #expect(texts.count == 2)
        #expect(texts.first?.hasPrefix("sent: GET /****** HTTP/1.1\r\n") == true)
        #expect(texts.first?.contains("Authorization:***") == true && texts.first?.contains("abcdef") == false)
        #expect(texts.last?.hasPrefix("received: HTTP/1.1 200 OK\r\n") == true)
        #expect(texts.last?.hasSuffix("xin chào") == true)
        let notes = capture.moments.compactMap { moment -> String? in
            guard case .note(let words) = moment.what else { return nil }
            return words
        }
        #expect(notes.contains { $0.hasPrefix("Connected to 127.0.0.1") })
        #expect(notes.allSatisfy { !$0.contains("s3cret") })
    }
}
