internal import CSSL

/// The certificate that a server shows in a handshake which another library leads (libcurl), also where it is refused.
///
/// The check of the certificate stays what it is. For one connection, and one thread.
package final class ShownCertificate {
    private let context: OpaquePointer
    private static let index = haidang_index_of_shown()

    /// `context` is the connection's own `SSL_CTX`, before its handshake; it lives at least as long as this.
    package init?(in context: UnsafeMutableRawPointer) {
        let context = OpaquePointer(context)
        guard Self.index >= 0, SSL_CTX_up_ref(context) == 1 else { return nil }
        haidang_show_certificate(context, Self.index)
        self.context = context
    }

    deinit { SSL_CTX_free(context) }

    /// The server's own, read anew at each call; nil until it has come.
    package var certificate: PeerCertificate? {
        haidang_shown_certificate(context, Self.index).map { PeerCertificate($0) }
    }
}
