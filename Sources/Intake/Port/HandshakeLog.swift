import Logging
import NIOCore
import NIOSSL

/// Says why a TLS handshake failed: an agent that cannot get in must not be a riddle.
final class HandshakeLog: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Never

    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let peer = context.remoteAddress?.ipAddress ?? "unknown"
        switch error {
        case NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])), NIOSSLError.uncleanShutdown:
            // Somebody asked whether the port is open, as our own TCP checks do.
            logger.debug("Connection closed before its handshake", metadata: ["from": "\(peer)"])
        case is NIOSSLError, is BoringSSLError:
            logger.warning("Handshake refused", metadata: ["from": "\(peer)", "error": "\(error)"])
        default:
            break
        }
        context.fireErrorCaught(error)
    }
}
