/// How long the parts of a transfer took; with redirects each part is the sum over the requests.
package struct Timings: Hashable, Sendable {
    /// The name look-up.
    package var resolve = Duration.zero
    /// The TCP handshake.
    package var connect = Duration.zero
    /// The TLS handshake; zero without TLS.
    package var tls = Duration.zero
    /// From the connection until the first byte of the answer.
    package var request = Duration.zero
    /// From the first byte of the answer to its last.
    package var response = Duration.zero
    /// All requests before the last one; zero without redirects.
    package var redirect = Duration.zero
    package var total = Duration.zero

    package init() {}

    /// From libcurl's marks, each in microseconds since the start; 0 is a mark that was not reached.
    init(
        resolved: Int64, connected: Int64, secured: Int64, ready: Int64, firstByte: Int64, redirect: Int64, total: Int64
    ) {
        let span = { (from: Int64, to: Int64) in
            to > from && from >= 0 ? Duration.microseconds(to - from) : .zero
        }
        let standing = max(connected, secured)
        resolve = span(0, resolved)
        connect = span(resolved, connected)
        tls = span(connected, secured)
        request = span(max(standing, ready), firstByte)
        response = firstByte > 0 ? span(firstByte, total) : .zero
        self.redirect = span(0, redirect)
        self.total = span(0, total)
    }
}
