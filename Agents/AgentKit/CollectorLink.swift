/// The way to the collector; whoever implements it knows host, certificate and HTTP.
///
/// A call returns in bounded time, and promptly with an error when its task is cancelled.
package protocol CollectorLink: Sendable {
    /// POSTs a gzip body; `path` begins with a slash.
    func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError>
    func get(_ path: String) async -> Result<LinkReply, LinkError>
}

/// Any answer with an HTTP status.
package struct LinkReply: Hashable, Sendable {
    package var status: Int
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    package var isGood: Bool { (200..<300).contains(status) }
}

/// Why there was no answer, in the operating system's or the library's words.
package struct LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    package var problem: String

    package init(_ problem: String) {
        self.problem = problem
    }

    package var description: String { problem }
}
