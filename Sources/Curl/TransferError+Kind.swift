internal import CCurl
import Glibc

extension TransferError.Kind {
    /// What a code of libcurl means; `verification` is what OpenSSL said of the chain.
    init(_ code: CURLcode, verification: Verification, errno: Int32) {
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION: self = .invalid
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .unresolved
        case CURLE_COULDNT_CONNECT: self = Self.isLocal(errno) ? .noSocket : .unconnected
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION:
            // The chain is checked first: a refusal without its fault is about the name.
            self = .unverified(verification == .passed ? .wrongName : verification)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_SHUTDOWN_FAILED,
            CURLE_SSL_CLIENTCERT:
            self = .tlsFailed
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: self = .keyMismatch
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_CRL_BADFILE:
            self = .badCredentials
        case CURLE_USE_SSL_FAILED: self = .noEncryption
        case CURLE_LOGIN_DENIED: self = .loginRefused
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            self = .lost
        case CURLE_TOO_MANY_REDIRECTS: self = .tooManyRedirects
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: self = .protocolViolated
        default: self = .other
        }
    }

    /// Whether the operating system refused us rather than the network: files, memory, buffers, local ports, rights.
    private static func isLocal(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL, EACCES, EPERM].contains(code)
    }
}
