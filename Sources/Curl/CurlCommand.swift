import Captures
import Sockets

/// What tasks ask of the engine's thread.
enum CurlCommand: Sendable {
    case start(Start)
    /// By its number; of one that is over already there is nothing to do.
    case cancel(UInt64)

    struct Start: Sendable {
        let number: UInt64
        let transfer: Transfer
        /// Who wants to know what goes over the wire.
        let capture: Capture?
        let pending: Pending<Result<TransferResult, TransferError>>
    }
}

extension TransferError {
    static let engineClosed = TransferError(.closed, message: "the engine was closed")
    static let taskCancelled = TransferError(.cancelled, message: "cancelled")
}
