import Keys
import Sockets

extension SIPProbe {
    /// Two empty lines ask a peer on a connection for one (RFC 5626, 3.5.1): sent when it is silent, they tell a hung
    /// process from one that only does not answer this request.
    static let keepAlive = Array("\r\n\r\n".utf8)

    func talk(
        _ conversation: inout SIPConversation, byTCPTo address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> Result<SIPReply, SIPSilence> {
        do throws(TCPConnection.Failure) {
            let begin = ContinuousClock.now
            let connection = try await TCPConnection.open(to: address, poller: poller, until: deadline)
            let connected = ContinuousClock.now
            conversation.note("connected to \(address)")
            var result = await talk(&conversation, over: connection, until: deadline)
            connection.close()
            if case .success(var reply) = result {
                reply.connect = connected - begin
                result = .success(reply)
            }
            return result
        } catch {
            return .failure(Self.silence(connecting: error))
        }
    }

    private func talk(
        _ conversation: inout SIPConversation, over connection: borrowing TCPConnection,
        until deadline: ContinuousClock.Instant
    ) async -> Result<SIPReply, SIPSilence> {
        var stream = SIPStream()
        var hearing = SIPHearing()
        let host = SIPConversation.bracketed(connection.local.withoutPortAndScope.literal)
        while true {
            do throws(KeysError) {
                hearing.request = try conversation.request(localHost: host, localPort: connection.local.port)
            } catch {
                return .failure(.unanswerable(error))
            }
            let sent = ContinuousClock.now
            do throws(TCPConnection.Failure) {
                try await connection.send(hearing.request, until: deadline)
                var response: SIPResponse?
                while response == nil {
                    stream.take(try await receive(over: connection, &hearing, until: deadline))
                    if let fault = hearing.take(&stream, conversation, &response) { return .failure(fault) }
                }
                guard let response, case .end(let outcome) = conversation.take(response) else { continue }
                return .success(SIPReply(response, outcome: outcome, elapsed: ContinuousClock.now - sent))
            } catch {
                return .failure(hearing.silence(error))
            }
        }
    }

    /// Waits for the next bytes; halfway through a silence it sends a keep-alive.
    private func receive(
        over connection: borrowing TCPConnection, _ hearing: inout SIPHearing, until deadline: ContinuousClock.Instant
    ) async throws(TCPConnection.Failure) -> [UInt8] {
        if !hearing.wasNudged {
            let half = ContinuousClock.now + ContinuousClock.now.duration(to: deadline) / 2
            do throws(TCPConnection.Failure) {
                return try await connection.receive(until: half)
            } catch {
                guard error == .timedOut else { throw error }
            }
            hearing.wasNudged = true
            try await connection.send(Self.keepAlive, until: deadline)
        }
        return try await connection.receive(until: deadline)
    }

    private static func silence(connecting failure: TCPConnection.Failure) -> SIPSilence {
        switch failure {
        case .ended: .ended(nil)
        case .cancelled: .cancelled
        case .stopping: .stopping
        default: .unconnected(failure)
        }
    }
}
