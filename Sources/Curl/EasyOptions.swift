internal import CCurl
import Vocabulary

/// Puts a transfer's wishes into its easy handle; each refusal of libcurl ends the attempt.
struct EasyOptions {
    private let run: TransferRun
    private let easy: UnsafeMutableRawPointer
    private let transfer: Transfer

    init(_ run: TransferRun) {
        self.run = run
        easy = run.easy
        transfer = run.transfer
    }

    func apply() throws(TransferError) {
        try validate()
        try common()
        try callbacks()
        try times()
        try connection()
        try tls()
        if let mail = transfer.mail {
            try send(mail)
        } else {
            try request()
        }
    }

    /// What would be cut short or become something else on its way through C and the protocol.
    private func validate() throws(TransferError) {
        let isOneWord = { (text: String) in text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f } }
        guard isOneWord(transfer.url), isOneWord(transfer.proxy ?? ""),
            transfer.connectTo.map({ isOneWord($0.host) && isOneWord($0.address) }) ?? true
        else { throw invalid("the URL holds a blank or a control character") }
        guard Header.isToken(transfer.method) else {
            throw invalid("\"\(transfer.method)\" is no method")
        }
        for header in transfer.headers where !header.isSound {
            throw invalid("the header \"\(header.name)\" cannot be sent")
        }
        guard let mail = transfer.mail else { return }
        for address in [mail.sender] + mail.recipients {
            guard !address.isEmpty, address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != 0x3c && $0 != 0x3e })
            else { throw invalid("\"\(address)\" is no mail address") }
        }
        guard !mail.recipients.isEmpty else { throw invalid("the mail has no recipient") }
    }

    private func common() throws(TransferError) {
        try set(CURLOPT_ERRORBUFFER, pointer: run.errorBuffer)
        try set(CURLOPT_URL, transfer.url)
        try set(CURLOPT_NOSIGNAL, 1)
        // Without it the removal of a transfer waits for a name look-up that hangs, and everybody else with it.
        try set(CURLOPT_QUICK_EXIT, 1)
        let protocols = transfer.mail == nil ? "http,https" : "smtp,smtps"
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
        // The environment's proxy is for people's browsers.
        try set(CURLOPT_PROXY, transfer.proxy ?? "")
    }

    private func callbacks() throws(TransferError) {
        let context = Unmanaged.passUnretained(run).toOpaque()
        try check(haidang_curl_set_bytes(easy, CURLOPT_WRITEFUNCTION, receiveBody))
        try set(CURLOPT_WRITEDATA, pointer: context)
        try check(haidang_curl_set_bytes(easy, CURLOPT_HEADERFUNCTION, receiveHeader))
        try set(CURLOPT_HEADERDATA, pointer: context)
        try check(haidang_curl_set_socket(easy, openSocket, context))
        try check(haidang_curl_set_handshake(easy, handshakeBegins, context))
        if run.capture != nil { try check(haidang_curl_set_debug(easy, noteDebug, context)) }
        guard transfer.mail != nil else { return }
        try check(haidang_curl_set_bytes(easy, CURLOPT_READFUNCTION, sendMail))
        try set(CURLOPT_READDATA, pointer: context)
    }

    private func times() throws(TransferError) {
        try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(transfer.timeout))
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(transfer.connectTimeout))
    }

    /// At least 1: to libcurl 0 means "for ever".
    private static func milliseconds(_ span: Duration) -> Int {
        Int(clamping: min(max(1, span.wholeMicroseconds / 1000), Int64(Int32.max)))
    }

    private func connection() throws(TransferError) {
        switch transfer.family {
        case .any: break
        case .ipv4: try set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V4))
        case .ipv6: try set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V6))
        }
        if let place = transfer.connectTo {
            let bracketed = { (host: String) in host.contains(":") ? "[\(host)]" : host }
            try set(
                CURLOPT_CONNECT_TO,
                ["\(bracketed(place.host)):\(place.port):\(bracketed(place.address)):\(place.addressPort)"])
        }
        if transfer.extent == .handshake || transfer.conversation != nil { try set(CURLOPT_CONNECT_ONLY, 1) }
        // "http/1.1" is not what will be spoken.
        if transfer.conversation != nil { try set(CURLOPT_SSL_ENABLE_ALPN, 0) }
        guard transfer.connection == .fresh || transfer.conversation != nil else { return }
        try set(CURLOPT_FRESH_CONNECT, 1)
        // libcurl would close at once what is yet to be talked over; it does so when the talk is over.
        if transfer.conversation == nil { try set(CURLOPT_FORBID_REUSE, 1) }
        try set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
        try set(CURLOPT_SSL_SESSIONID_CACHE, 0)
    }

    private func tls() throws(TransferError) {
        switch transfer.tls.trust {
        case .system:
            // The folder of single certificates holds the same ones, and naming it keeps libcurl from caching.
            try check(haidang_curl_set_text(easy, CURLOPT_CAPATH, nil))
            try set(CURLOPT_CA_CACHE_TIMEOUT, 3600)
        case .authorities(let pem):
            try check(haidang_curl_set_text(easy, CURLOPT_CAPATH, nil))
            try set(CURLOPT_CAINFO_BLOB, blob: pem)
        case .anybody:
            try set(CURLOPT_SSL_VERIFYPEER, 0)
            try set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let key = transfer.tls.pinnedKey { try set(CURLOPT_PINNEDPUBLICKEY, key) }
        guard let identity = transfer.tls.identity else { return }
        try set(CURLOPT_SSLCERTTYPE, "PEM")
        try set(CURLOPT_SSLCERT_BLOB, blob: identity.certificate)
        try set(CURLOPT_SSLKEYTYPE, "PEM")
        try set(CURLOPT_SSLKEY_BLOB, blob: identity.key)
    }

    private func request() throws(TransferError) {
        switch transfer.method {
        case "GET" where transfer.body.isEmpty: try set(CURLOPT_HTTPGET, 1)
        case "HEAD": try set(CURLOPT_NOBODY, 1)
        case let method:
            if method == "POST" || !transfer.body.isEmpty {
                try check(
                    transfer.body.withUnsafeBytes { haidang_curl_set_body(easy, $0.baseAddress, $0.count) })
            }
            if method != "POST" { try set(CURLOPT_CUSTOMREQUEST, method) }
        }
        var lines = transfer.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if transfer.method == "POST" || !transfer.body.isEmpty {
            // Without these libcurl waits for "100 Continue" and calls every body a web form.
            lines.append("Expect:")
            if !transfer.headers.contains(where: { $0.isNamed("Content-Type") }) { lines.append("Content-Type:") }
        }
        if !lines.isEmpty { try set(CURLOPT_HTTPHEADER, lines) }
        switch transfer.version {
        case .negotiated: break
        case .one: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        case .two where transfer.url.prefix(6).lowercased() == "https:":
            try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        case .two: try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
        }
        if let login = transfer.login {
            try set(CURLOPT_HTTPAUTH, Int(login.scheme == .basic ? haidang_auth_basic : haidang_auth_digest))
            try set(CURLOPT_USERNAME, login.user)
            try set(CURLOPT_PASSWORD, login.password)
        }
        guard transfer.redirects > 0 else { return }
        try set(CURLOPT_FOLLOWLOCATION, 1)
        try set(CURLOPT_MAXREDIRS, transfer.redirects)
    }

    private func send(_ mail: Mail) throws(TransferError) {
        try set(CURLOPT_UPLOAD, 1)
        try check(haidang_curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(mail.message.count)))
        try set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
        try set(CURLOPT_MAIL_RCPT, mail.recipients.map { "<\($0)>" })
        let encryption =
            switch mail.encryption {
            case .required: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        try set(CURLOPT_USE_SSL, Int(encryption.rawValue))
        guard let login = mail.login else { return }
        // A connection that is kept keeps the password with it.
        try set(CURLOPT_FORBID_REUSE, 1)
        try set(CURLOPT_USERNAME, login.user)
        try set(CURLOPT_PASSWORD, login.password)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(TransferError) {
        try check(haidang_curl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(TransferError) {
        try check(haidang_curl_set_text(easy, option, value))
    }

    private func set(_ option: CURLoption, _ values: [String]) throws(TransferError) {
        guard let list = run.handle.list(values) else { throw TransferError(.other, message: "no memory for libcurl") }
        try check(haidang_curl_set_list(easy, option, list))
    }

    private func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(TransferError) {
        try check(haidang_curl_set_pointer(easy, option, pointer))
    }

    private func set(_ option: CURLoption, blob: [UInt8]) throws(TransferError) {
        try check(blob.withUnsafeBytes { haidang_curl_set_blob(easy, option, $0.baseAddress, $0.count) })
    }

    private func check(_ code: CURLcode) throws(TransferError) {
        guard code == CURLE_OK else {
            throw TransferError(
                .invalid, code: Int32(clamping: code.rawValue), message: String(cString: curl_easy_strerror(code)))
        }
    }

    private func invalid(_ message: String) -> TransferError {
        TransferError(.invalid, message: message)
    }
}
