import Glibc

/// Asks any number of destinations at a time by UDP, through one socket per family and one thread.
///
/// It knows no protocol: the reader given to it finds in a received datagram what the exchange was keyed by. An answer
/// counts only when it comes from the very address and port that was asked; times are the kernel's.
package final class UDPEngine: Sendable {
    private let sockets: [AddressFamily: UDPSocket]
    private let loop: UDPLoop
    private let thread: BackgroundThread

    /// `name`: what `top -H` shows for the thread, at most 15 bytes. `reader`: the key of the exchange that a datagram
    /// answers, nil for rubbish; it is called on the engine's thread and must be quick.
    ///
    /// A family that the system refuses is no error here: its exchanges end with `cannotSend`.
    package init(_ name: String, reader: @escaping @Sendable ([UInt8]) -> UDPMark?) throws(SystemError) {
        var sockets: [AddressFamily: UDPSocket] = [:]
        var refusals: [AddressFamily: SystemError] = [:]
        for family in AddressFamily.allCases {
            do throws(SystemError) {
                sockets[family] = try UDPSocket(family)
            } catch {
                refusals[family] = error
            }
        }
        let loop = try UDPLoop(sockets: sockets, refusals: refusals, reader: reader)
        self.sockets = sockets
        self.loop = loop
        thread = try BackgroundThread(name) { loop.run() }
    }

    deinit {
        close()
    }

    /// Sends the payload, again when the exchange says so, and returns with the answer, with an error that ended it, at
    /// the deadline, or with what there is when the task is cancelled.
    package func exchange(_ exchange: UDPExchange) async -> UDPResult {
        let pending = Pending<UDPResult>()
        let order = loop.start(exchange, pending)
        return await withTaskCancellationHandler {
            await pending.value()
        } onCancel: {
            loop.cancel(order)
        }
    }

    /// Asks, and goes on with what `next` makes of each result, until that is nothing; returns with the last result. When
    /// the task is cancelled `next` is not asked any more.
    ///
    /// `next` runs on the engine's thread, where all other exchanges wait for it: microseconds. What a chain of many
    /// questions costs is mostly the way from thread to thread, which this saves.
    package func converse(
        _ first: UDPExchange, next: @escaping @Sendable (UDPResult) -> UDPExchange?
    ) async -> UDPResult {
        let pending = Pending<UDPResult>()
        let order = loop.start(first, pending, next)
        return await withTaskCancellationHandler {
            await pending.value()
        } onCancel: {
            loop.cancel(order)
        }
    }

    /// Datagrams that the reader did not know or that nobody had asked for, since the engine began.
    package var unclaimed: Int { loop.unclaimed }

    /// The address that datagrams to `destination` leave from, with the engine's port: what SIP writes into Via and
    /// Contact. An error when there is no route.
    package func localAddress(towards destination: SocketAddress) throws(SystemError) -> SocketAddress {
        guard let socket = sockets[destination.family] else {
            throw SystemError("socket", code: EAFNOSUPPORT)
        }
        // Connecting a UDP socket sends nothing; it makes the kernel choose route and source.
        let trial = try Descriptor(socket: destination.family.systemNumber, type: SOCK_DGRAM)
        let result = destination.withSystemAddress { connect(trial.number, $0, $1) }
        guard result == 0 else { throw SystemError.last("connect") }
        var address = try trial.localAddress()
        address.port = socket.local.port
        return address
    }

    /// Ends all exchanges, and the thread; harmless the second time.
    package func close() {
        guard loop.stop() else { return }
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }
}

extension SystemError {
    /// Two exchanges with one destination bear the same key.
    static let keyInUse = SystemError("exchange", code: EALREADY)
}
