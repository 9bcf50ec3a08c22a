package import TLS

/// Why a transfer did not reach its end.
package struct TransferError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The task was cancelled.
        case cancelled
        /// The engine was closed before or meanwhile.
        case closed
        /// The transfer itself cannot be performed: a bad URL, header, key; see the message.
        case invalid
        /// The name was not resolved; libcurl does not tell "no such name" from "no resolver".
        case unresolved
        /// No connection to any of the addresses; see `errno`.
        case unconnected
        /// The system gave no socket or no local port; see `errno`.
        case noSocket
        case timedOut
        /// The TLS handshake failed otherwise than by the server's certificate.
        case tlsFailed
        /// The server's certificate was not accepted.
        case unverified(Verification)
        /// The server's key is not the pinned one.
        case keyMismatch
        /// The mail server offers no STARTTLS though it is required.
        case noEncryption
        /// The server refused the login.
        case loginRefused
        /// The server refused the mail; see the message for its words.
        case mailRefused
        /// The connection ended before the answer did, or without any.
        case lost
        case tooManyRedirects
        /// What came is not the protocol that was asked for.
        case protocolViolated
        /// The authorities of the system or of the transfer, or the client's identity, could not be used.
        case badCredentials
        /// Anything else, memory included.
        case other
    }

    /// How far it had come.
    package enum Step: String, Hashable, Sendable {
        case resolve, connect, tls, request, response
    }

    package var kind: Kind
    package var step: Step
    /// libcurl's code, as in curl.h; 0 when it was not asked.
    package var code: Int32
    /// libcurl's words, or the mail server's last reply.
    package var message: String
    /// What the operating system said; 0 when it said nothing.
    package var errno: Int32
    /// The address last tried; empty when none was.
    package var address = ""
    package var timings = Timings()
    /// The server's own, also when it was refused; nil when none came, or none was asked for.
    package var certificate: PeerCertificate?
    /// What a proxy answered when it was asked to connect; 0 when none was, or did.
    package var proxyStatus = 0

    package init(_ kind: Kind, step: Step = .resolve, code: Int32 = 0, message: String, errno: Int32 = 0) {
        self.kind = kind
        self.step = step
        self.code = code
        self.message = message
        self.errno = errno
    }
}

extension TransferError: CustomStringConvertible {
    package var description: String {
        "\(message) (\(step.rawValue), libcurl \(code)\(errno == 0 ? "" : ", errno \(errno)"))"
    }
}
