internal import CCurl
import TLS

extension TransferRun {
    /// What came of it, once libcurl has said that it is done.
    func result(_ code: CURLcode) -> Result<TransferResult, TransferError> {
        // Stopping at the limit was our own doing: what came until then is the answer.
        if code == CURLE_OK || code == CURLE_WRITE_ERROR && isBodyCut { return .success(success()) }
        return .failure(failure(code))
    }

    private func success() -> TransferResult {
        var result = TransferResult()
        result.status = haidang_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        result.headers = head.headers
        result.body = body
        result.bodySize = bodySize
        result.isBodyCut = isBodyCut
        result.version = transfer.mail == nil ? Self.version(haidang_curl_get_long(easy, CURLINFO_HTTP_VERSION)) : ""
        result.address = text(CURLINFO_PRIMARY_IP)
        result.port = haidang_curl_get_long(easy, CURLINFO_PRIMARY_PORT)
        result.redirects = haidang_curl_get_long(easy, CURLINFO_REDIRECT_COUNT)
        result.url = text(CURLINFO_EFFECTIVE_URL)
        result.timings = timings
        result.certificate = shown?.certificate
        result.verification = verification
        return result
    }

    private func failure(_ code: CURLcode) -> TransferError {
        let system = Int32(clamping: haidang_curl_get_long(easy, CURLINFO_OS_ERRNO))
        let errno = socketsOpened == 0 && socketError != 0 ? socketError : system
        var kind = TransferError.Kind(code, verification: verification, errno: errno)
        if transfer.mail != nil,
            code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY,
            let first = reply.first, first == "4" || first == "5"
        {
            kind = .mailRefused
        }
        var words = message.isEmpty ? String(cString: curl_easy_strerror(code)) : message
        if transfer.mail != nil, !reply.isEmpty { words += "; the server said: \(reply)" }
        var error = TransferError(
            kind, step: step(code), code: Int32(clamping: code.rawValue), message: words, errno: errno)
        error.address = text(CURLINFO_PRIMARY_IP)
        error.timings = timings
        error.certificate = shown?.certificate
        error.proxyStatus = haidang_curl_get_long(easy, CURLINFO_HTTP_CONNECTCODE)
        return error
    }

    /// What a conversation came to, once the connection stood.
    func failure(_ kind: TransferError.Kind, _ words: String) -> TransferError {
        var error = TransferError(kind, step: .response, message: words)
        error.address = text(CURLINFO_PRIMARY_IP)
        error.timings = timings
        error.certificate = shown?.certificate
        return error
    }

    private func step(_ code: CURLcode) -> TransferError.Step {
        switch TransferError.Kind(code, verification: verification, errno: 0) {
        case .unresolved: return .resolve
        case .unconnected, .noSocket: return .connect
        case .unverified, .keyMismatch, .tlsFailed, .badCredentials: return .tls
        default: break
        }
        if mark(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .resolve }
        if isSecuring && mark(CURLINFO_APPCONNECT_TIME_T) == 0 { return .tls }
        if mark(CURLINFO_CONNECT_TIME_T) == 0 { return .connect }
        return mark(CURLINFO_STARTTRANSFER_TIME_T) == 0 ? .request : .response
    }

    private var timings: Timings {
        Timings(
            resolved: mark(CURLINFO_NAMELOOKUP_TIME_T), connected: mark(CURLINFO_CONNECT_TIME_T),
            secured: mark(CURLINFO_APPCONNECT_TIME_T), ready: mark(CURLINFO_PRETRANSFER_TIME_T),
            firstByte: mark(CURLINFO_STARTTRANSFER_TIME_T), redirect: mark(CURLINFO_REDIRECT_TIME_T),
            total: mark(CURLINFO_TOTAL_TIME_T))
    }

    private var verification: Verification {
        // Without checking, OpenSSL's opinion is there as well, but nobody asked for it.
        if case .anybody = transfer.tls.trust { return .passed }
        return Verification(code: haidang_curl_get_long(easy, CURLINFO_SSL_VERIFYRESULT))
    }

    private func mark(_ info: CURLINFO) -> Int64 {
        Int64(haidang_curl_get_offset(easy, info))
    }

    private func text(_ info: CURLINFO) -> String {
        haidang_curl_get_text(easy, info).map { String(cString: $0) } ?? ""
    }

    private static func version(_ code: Int) -> String {
        switch code {
        case Int(CURL_HTTP_VERSION_1_0): "1.0"
        case Int(CURL_HTTP_VERSION_1_1): "1.1"
        case Int(CURL_HTTP_VERSION_2_0): "2"
        case 30: "3"
        default: ""
        }
    }
}
