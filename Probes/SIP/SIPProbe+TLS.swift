import Curl
import Keys
import ProbeSettings
import SIPSettings
import Sockets
import Synchronization

extension SIPProbe {
    func talk(
        _ conversation: inout SIPConversation, byTLSTo address: SocketAddress, as place: HostPort,
        _ settings: SIPSettings, until deadline: ContinuousClock.Instant
    ) async -> Result<SIPReply, SIPSilence> {
        let patience = max(.milliseconds(1), ContinuousClock.now.duration(to: deadline))
        let secured = SecuredTalk(conversation)
        var transfer = Transfer("https://\(place)/", timeout: patience)
        transfer.connectTo = Transfer.ConnectTo(
            host: place.host, port: place.port, address: address.literal, addressPort: address.port)
        transfer.tls = TLSOptions(trust: settings.verifies ? trust : .anybody, wantsCertificate: true)
        transfer.conversation = Conversation(
            nudge: Conversation.Nudge(after: patience / 2, bytes: Self.keepAlive),
            begin: { address, port in secured.begin(address, port) }, take: { secured.take($0) })
        let result = await curl.perform(transfer)
        conversation = secured.conversation
        switch result {
        case .success(let result):
            return secured.result.map { reply in
                var reply = reply
                reply.connect = result.timings.connect
                reply.tls = result.timings.tls
                reply.certificate = result.certificate
                return reply
            }
        case .failure(let error):
            guard error.step == .response else { return .failure(.transfer(error)) }
            return .failure(secured.silence(error))
        }
    }
}

/// A conversation that libcurl's thread drives; whoever waits reads it when that is over.
private final class SecuredTalk: Sendable {
    private struct State: Sendable {
        var conversation: SIPConversation
        var stream = SIPStream()
        var hearing = SIPHearing()
        var local = (host: "", port: UInt16(0))
        var sent = ContinuousClock.now
        var result: Result<SIPReply, SIPSilence> = .failure(.ended(nil))
    }

    private let state: Mutex<State>

    init(_ conversation: SIPConversation) {
        state = Mutex(State(conversation: conversation))
    }

    var conversation: SIPConversation { state.withLock { $0.conversation } }
    var result: Result<SIPReply, SIPSilence> { state.withLock { $0.result } }

    func begin(_ address: String, _ port: UInt16) -> [UInt8] {
        state.withLock { state in
            state.conversation.note("connected with TLS")
            state.local = (SIPConversation.bracketed(address), port)
            return Self.request(&state) ?? []
        }
    }

    func take(_ bytes: [UInt8]) -> Conversation.Step {
        state.withLock { state in
            state.stream.take(bytes)
            var response: SIPResponse?
            if let fault = state.hearing.take(&state.stream, state.conversation, &response) {
                state.result = .failure(fault)
                return .end
            }
            guard let response else { return .wait }
            let elapsed = ContinuousClock.now - state.sent
            switch state.conversation.take(response) {
            case .ask: return Self.request(&state).map { .send($0) } ?? .end
            case .end(let outcome):
                state.result = .success(SIPReply(response, outcome: outcome, elapsed: elapsed))
                return .end
            }
        }
    }

    func silence(_ error: TransferError) -> SIPSilence {
        state.withLock { state in
            switch error.kind {
            case .timedOut: state.hearing.silent
            case .cancelled: .cancelled
            case .closed: .stopping
            case .protocolViolated: .rubbish(state.stream.rest)
            default: state.hearing.silence(.ended)
            }
        }
    }

    private static func request(_ state: inout State) -> [UInt8]? {
        do throws(KeysError) {
            let request = try state.conversation.request(localHost: state.local.host, localPort: state.local.port)
            state.sent = .now
            return request
        } catch {
            state.result = .failure(.unanswerable(error))
            return nil
        }
    }
}
