import Hummingbird
import Keys
import Logging
import NIOCore

/// A request on the agents' port: its connection, and the agent it proved to come from.
struct AgentContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Set by `IdentityCheck`; routes behind it may rely on it.
    var agent: String?
    /// What proved it.
    var certificate: Certificate?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Where the request comes from, without the port.
    var peer: String { channel.remoteAddress?.ipAddress ?? "unknown" }
}
