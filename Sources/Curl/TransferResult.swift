package import TLS

/// What came of a transfer that reached its end.
package struct TransferResult: Hashable, Sendable {
    /// The HTTP status, or the mail server's last code; 0 when only the handshake was wanted.
    package var status = 0
    package var headers: [Header] = []
    /// Empty when the transfer did not want it.
    package var body: [UInt8] = []
    /// How many bytes of the body were read, kept or not.
    package var bodySize = 0
    /// Reading stopped at the limit: there was more.
    package var isBodyCut = false
    /// `1.0`, `1.1`, `2`, `3`; empty for anything but HTTP.
    package var version = ""
    /// The address and port of the last connection.
    package var address = ""
    package var port = 0
    /// How many redirects were followed, and where that led.
    package var redirects = 0
    package var url = ""
    package var timings = Timings()
    /// The server's own; nil without TLS, or when not asked for.
    package var certificate: PeerCertificate?
    package var verification = Verification.passed

    package init() {}
}
