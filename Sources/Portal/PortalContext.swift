package import API
package import Hummingbird
import Logging
import NIOCore
package import Storage

/// A request to pages or API: the person behind it, once the session or the token was read.
package struct PortalContext: CallerContext {
    package var coreContext: CoreRequestContextStorage
    package var caller: Caller?
    /// Set when the caller came with a session cookie.
    package var session: PersonStore.Session?
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// What the log calls this request; unlike Hummingbird's own `id` it demands nothing of the log handler.
    var requestID: String { logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "unknown" }

    /// Where the request comes from, without the port.
    var peer: String { channel.remoteAddress?.ipAddress ?? "unknown" }
}
