import Glibc
import Sockets
import Testing

@Suite final class TCPConnectionTests {
    private let poller: Poller
    private let listener: Descriptor
    private let address: SocketAddress

    init() throws {
        poller = try Poller()
        listener = try Descriptor(socket: AF_INET, type: SOCK_STREAM)
        let number = listener.number
        let loopback = SocketAddress(.ipv4(0x7f00_0001))
        try #require(loopback.withSystemAddress { bind(number, $0, $1) } == 0 && listen(number, 4) == 0)
        address = try listener.localAddress()
    }

    private static let patience = Duration.seconds(60)

    /// The other end of a connection that has been made.
    private func accepted() async throws -> Descriptor {
        try #require(await poller.wait(for: .readable, of: listener, until: .now + Self.patience) == .ready)
        return Descriptor(adopting: accept(listener.number, nil, nil))
    }

    private func failure(
        _ work: () async throws(TCPConnection.Failure) -> Void
    ) async -> TCPConnection.Failure? {
        do throws(TCPConnection.Failure) {
            try await work()
            return nil
        } catch {
            return error
        }
    }

    @Test func bytesGoBothWaysAndItsEndIsTold() async throws {
        let connection = try await TCPConnection.open(to: address, poller: poller, until: .now + Self.patience)
        let far = try await accepted()
        #expect(connection.local.port > 0 && connection.local.withoutPortAndScope.literal == "127.0.0.1")
        try await connection.send(Array("hello".utf8), until: .now + Self.patience)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(recv(far.number, &buffer, 16, 0) == 5)
        #expect(send(far.number, "abc", 3, 0) == 3)
        #expect(try await connection.receive(atMost: 2, until: .now + Self.patience) == Array("ab".utf8))
        #expect(try await connection.receive(until: .now + Self.patience) == Array("c".utf8))
        shutdown(far.number, Int32(SHUT_WR))
        var ending: TCPConnection.Failure?
        do throws(TCPConnection.Failure) {
            _ = try await connection.receive(until: .now + Self.patience)
        } catch {
            ending = error
        }
        #expect(ending == .ended)
        connection.close()
    }

    @Test func silenceEndsAtTheDeadline() async throws {
        let connection = try await TCPConnection.open(to: address, poller: poller, until: .now + Self.patience)
        let begin = ContinuousClock.now
        var ending: TCPConnection.Failure?
        do throws(TCPConnection.Failure) {
            _ = try await connection.receive(until: begin + .milliseconds(20))
        } catch {
            ending = error
        }
        #expect(ending == .timedOut && ContinuousClock.now >= begin + .milliseconds(20))
        connection.close()
    }

    /// More than both kernels' buffers hold, to somebody who does not read.
    @Test func whoDoesNotReadHoldsNobodyUp() async throws {
        let connection = try await TCPConnection.open(to: address, poller: poller, until: .now + Self.patience)
        var ending: TCPConnection.Failure?
        do throws(TCPConnection.Failure) {
            try await connection.send([UInt8](repeating: 0, count: 32 << 20), until: .now + .milliseconds(50))
        } catch {
            ending = error
        }
        #expect(ending == .timedOut)
        connection.close()
    }

    @Test func aClosedPortRefuses() async throws {
        let closed = try Descriptor(socket: AF_INET, type: SOCK_STREAM)
        let number = closed.number
        let loopback = SocketAddress(.ipv4(0x7f00_0001))
        try #require(loopback.withSystemAddress { bind(number, $0, $1) } == 0)
        let address = try closed.localAddress()
        let ending = await failure { () async throws(TCPConnection.Failure) in
            try await TCPConnection.open(to: address, poller: poller, until: .now + Self.patience).close()
        }
        guard case .system(let error) = ending else {
            Issue.record("\(String(describing: ending))")
            return
        }
        #expect(error.code == ECONNREFUSED)
    }

    @Test func aResetIsTheSystemsWord() async throws {
        let connection = try await TCPConnection.open(to: address, poller: poller, until: .now + Self.patience)
        let far = try await accepted().release()
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(far, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close(far)
        var ending: TCPConnection.Failure?
        do throws(TCPConnection.Failure) {
            _ = try await connection.receive(until: .now + Self.patience)
        } catch {
            ending = error
        }
        #expect(ending == .system(SystemError("recv", code: ECONNRESET)))
        connection.close()
    }
}
