import Sockets

/// What has been heard over a connection that has brought no final response yet: it decides what the silence means.
struct SIPHearing: Sendable {
    var request: [UInt8] = []
    var wasNudged = false
    private var isProvisional = false
    private var hasPonged = false
    private var rest: [UInt8] = []

    /// Takes whole messages out of the stream: the final response to the request under way, if it is there, or what
    /// makes waiting for it useless. Requests of the other side and answers to others are passed over.
    mutating func take(
        _ stream: inout SIPStream, _ conversation: SIPConversation, _ response: inout SIPResponse?
    ) -> SIPSilence? {
        while response == nil, let item = stream.next() {
            switch item {
            case .pong: hasPonged = true
            case .rubbish: return .rubbish(stream.rest)
            case .message(let bytes):
                do throws(SIPFault) {
                    let message = try SIPResponse(bytes)
                    guard conversation.isAnswer(message) else { continue }
                    if message.isFinal { response = message } else { isProvisional = true }
                } catch {
                    if error != .request { return .rubbish(bytes) }
                }
            }
        }
        rest = stream.rest
        return nil
    }

    func silence(_ failure: TCPConnection.Failure) -> SIPSilence {
        switch failure {
        case .timedOut: silent
        case .ended: rest.isEmpty ? .ended(nil) : .rubbish(rest)
        case .system(let error), .refused(let error): rest.isEmpty ? .ended(error) : .rubbish(rest)
        case .cancelled: .cancelled
        case .stopping: .stopping
        case .mirror: .unconnected(failure)
        }
    }

    /// At the deadline.
    var silent: SIPSilence {
        if isProvisional { return .provisional }
        return rest.isEmpty ? .accepted(keptAlive: hasPonged) : .rubbish(rest)
    }
}
