package import API
package import Hummingbird
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

    /// Where the request comes from, without the port.
    var peer: String { channel.remoteAddress?.ipAddress ?? "unknown" }
}
