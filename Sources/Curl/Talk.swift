internal import CCurl
import Captures
import Glibc

/// A conversation under way over the connection of a handle that is done with everything else.
///
/// The handle must stay with its multi handle: libcurl finds the connection there.
final class Talk {
    enum Progress {
        case waiting
        case ended
        case failed(TransferError.Kind, String)
    }

    let descriptor: curl_socket_t
    let deadline: ContinuousClock.Instant
    private let easy: UnsafeMutableRawPointer
    private let conversation: Conversation
    private let capture: Capture?
    private let peer: String
    private var outgoing: [UInt8]
    /// What the loop waits for on its behalf, as it was last told.
    var watched: Int32?
    private var nudgeMoment: ContinuousClock.Instant?
    /// What comes beyond this is more than any probe asks for.
    private var room = 1 << 20

    /// nil when libcurl has no connection for the handle.
    init?(
        _ easy: UnsafeMutableRawPointer, _ conversation: Conversation, capture: Capture?,
        until deadline: ContinuousClock.Instant
    ) {
        var descriptor: curl_socket_t = -1
        guard haidang_curl_get_socket(easy, &descriptor) == CURLE_OK, descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        self.easy = easy
        self.conversation = conversation
        self.capture = capture
        peer = haidang_curl_get_text(easy, CURLINFO_PRIMARY_IP).map { String(cString: $0) } ?? ""
        self.deadline = deadline
        let address = haidang_curl_get_text(easy, CURLINFO_LOCAL_IP).map { String(cString: $0) } ?? ""
        let port = haidang_curl_get_long(easy, CURLINFO_LOCAL_PORT)
        outgoing = conversation.begin(address, UInt16(clamping: port))
        nudgeMoment = conversation.nudge.map { ContinuousClock.now + $0.after }
    }

    /// What to wait for.
    var events: Int32 { outgoing.isEmpty ? CURL_POLL_IN : CURL_POLL_INOUT }

    /// When there is something to do even if nothing comes.
    var nextMoment: ContinuousClock.Instant { min(deadline, nudgeMoment ?? deadline) }

    /// Sends what can be sent, takes what has come.
    func go(at now: ContinuousClock.Instant) -> Progress {
        if let moment = nudgeMoment, moment <= now, let nudge = conversation.nudge {
            nudgeMoment = nil
            outgoing += nudge.bytes
        }
        while true {
            if let failure = flush() { return failure }
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            var count = 0
            let code = curl_easy_recv(easy, &buffer, buffer.count, &count)
            switch code {
            case CURLE_OK where count > 0:
                room -= count
                guard room > 0 else { return .failed(.protocolViolated, "more came than was asked for") }
                nudgeMoment = nil
                capture?.note(.received, buffer.prefix(count), peer: peer, medium: "TLS", at: .now)
                switch conversation.take(Array(buffer.prefix(count))) {
                case .wait: break
                case .send(let bytes): outgoing += bytes
                case .end: return .ended
                }
            case CURLE_AGAIN: return now < deadline ? .waiting : .failed(.timedOut, "nothing more before the deadline")
            case CURLE_OK: return .failed(.lost, "the connection was closed")
            default: return .failed(.lost, String(cString: curl_easy_strerror(code)))
            }
        }
    }

    private func flush() -> Progress? {
        while !outgoing.isEmpty {
            var count = 0
            let code = curl_easy_send(easy, outgoing, outgoing.count, &count)
            if code == CURLE_AGAIN || code == CURLE_OK && count == 0 { return nil }
            guard code == CURLE_OK else { return .failed(.lost, String(cString: curl_easy_strerror(code))) }
            capture?.note(.sent, outgoing.prefix(count), peer: peer, medium: "TLS", at: .now)
            outgoing.removeFirst(count)
        }
        return nil
    }
}
