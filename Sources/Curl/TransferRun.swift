internal import CCurl
import Captures
import Glibc
import Sockets
internal import TLS

/// One transfer under way: its easy handle, what libcurl's callbacks have gathered, and who waits for it.
final class TransferRun {
    let number: UInt64
    let transfer: Transfer
    let handle: EasyHandle
    /// For what libcurl's own timeout does not cover.
    let deadline: ContinuousClock.Instant
    let capture: Capture?
    private let pending: Pending<Result<TransferResult, TransferError>>

    var head = AnswerHead()
    var body: [UInt8] = []
    var bodySize = 0
    var isBodyCut = false
    /// How much of the mail libcurl has taken.
    var mailSent = 0
    /// The last line of a mail server.
    var reply = ""
    /// A TLS handshake has begun, so the TCP connection stood.
    var isSecuring = false
    /// Of the last handshake, where it is wanted.
    var shown: ShownCertificate?
    var socketsOpened = 0
    var socketError: Int32 = 0

    /// The handle is a new one, or as new.
    init(_ start: CurlCommand.Start, _ handle: EasyHandle) throws(TransferError) {
        number = start.number
        transfer = start.transfer
        deadline = .now + start.transfer.timeout
        capture = start.capture
        pending = start.pending
        self.handle = handle
        try EasyOptions(self).apply()
    }

    var easy: UnsafeMutableRawPointer { handle.pointer }

    func finish(_ result: Result<TransferResult, TransferError>) {
        pending.bring(result)
    }

    var errorBuffer: UnsafeMutablePointer<CChar>? { handle.errorText.baseAddress }

    var message: String {
        errorBuffer.map { String(cString: $0) } ?? ""
    }
}
