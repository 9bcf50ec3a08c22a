internal import CSSL

/// Why a handshake did not come to its end.
package struct TLSError: Error, Hashable, Sendable {
    /// OpenSSL's words, such as `wrong version number`.
    package var words: String
    /// It failed on this machine, not by what the server sent.
    package var isOurs: Bool
    /// What came is no TLS at all.
    package var isForeign: Bool

    package init(_ words: String, isOurs: Bool = false, isForeign: Bool = false) {
        self.words = words
        self.isOurs = isOurs
        self.isForeign = isForeign
    }

    /// From OpenSSL's queue of this thread, which is empty afterwards.
    static func last(_ fallback: String) -> TLSError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0, let words = ERR_reason_error_string(code) else { return TLSError(fallback, isOurs: true) }
        let reason = Int32(truncatingIfNeeded: code & 0x7f_ffff)
        let foreign = [SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_PACKET_LENGTH_TOO_LONG]
        return TLSError(String(cString: words), isForeign: foreign.contains(reason))
    }
}
