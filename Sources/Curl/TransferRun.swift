internal import CCurl
import Glibc
internal import TLS

/// One transfer under way: its easy handle, what libcurl's callbacks have gathered, and who waits for it.
final class TransferRun {
    let number: UInt64
    let transfer: Transfer
    let easy: UnsafeMutableRawPointer
    /// For what libcurl's own timeout does not cover.
    let deadline: ContinuousClock.Instant
    private let continuation: CheckedContinuation<Result<TransferResult, TransferError>, Never>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

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

    init(_ start: CurlInbox.Start) throws(TransferError) {
        number = start.number
        transfer = start.transfer
        deadline = .now + start.transfer.timeout
        continuation = start.continuation
        guard let easy = curl_easy_init() else {
            errorText.deallocate()
            throw TransferError(.other, message: "no memory for libcurl")
        }
        self.easy = easy
        errorText.initialize(repeating: 0)
        try EasyOptions(self).apply()
    }

    deinit {
        curl_easy_cleanup(easy)
        for list in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    func finish(_ result: Result<TransferResult, TransferError>) {
        continuation.resume(returning: result)
    }

    var errorBuffer: UnsafeMutablePointer<CChar>? { errorText.baseAddress }

    /// A list of libcurl that lives as long as the run; nil when there is no memory or nothing in it.
    func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = curl_slist_append(list, text) else {
                curl_slist_free_all(list)
                return nil
            }
            list = longer
        }
        if let list { lists.append(list) }
        return list
    }

    var message: String {
        errorBuffer.map { String(cString: $0) } ?? ""
    }
}
