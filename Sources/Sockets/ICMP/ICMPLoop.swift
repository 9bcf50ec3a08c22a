import Glibc
import Synchronization

/// The engine's thread: carries the ledger's wishes to the sockets and what the sockets give to the ledger.
final class ICMPLoop: Sendable {
    private enum Command: Sendable {
        case start(PingLedger.Order, Pending<PingResult>)
        case cancel(UInt64)
    }

    private struct Inbox: Sendable {
        var commands: [Command] = []
        var nextID: UInt64 = 1
        var isStopped = false
        /// The thread has taken its last look.
        var isClosed = false
    }

    /// So many packets leave between two looks at what has come, lest replies overflow the receive buffer.
    private static let sendsAtOnce = 32
    private let sockets: [AddressFamily: ICMPSocket]
    private let refusals: [AddressFamily: SystemError]
    private let nonce: UInt64
    private let bell: Doorbell
    private let inbox = Mutex(Inbox())

    init(
        sockets: [AddressFamily: ICMPSocket], refusals: [AddressFamily: SystemError], nonce: UInt64
    ) throws(SystemError) {
        self.sockets = sockets
        self.refusals = refusals
        self.nonce = nonce
        bell = try Doorbell()
    }

    func start(
        _ address: SocketAddress, count: Int, spacing: Duration, size: Int, deadline: ContinuousClock.Instant,
        _ pending: Pending<PingResult>
    ) -> UInt64 {
        let (id, isTaken) = inbox.withLock { inbox -> (UInt64, Bool) in
            let id = inbox.nextID
            inbox.nextID += 1
            guard !inbox.isClosed else { return (id, false) }
            let order = PingLedger.Order(
                id: id, address: address, count: count, spacing: spacing, size: size, deadline: deadline)
            inbox.commands.append(.start(order, pending))
            return (id, true)
        }
        if isTaken { bell.ring() } else { pending.bring(PingResult()) }
        return id
    }

    func cancel(_ id: UInt64) {
        inbox.withLock { $0.commands.append(.cancel(id)) }
        bell.ring()
    }

    /// False when it was stopped before.
    func stop() -> Bool {
        let isFirst = inbox.withLock { inbox in
            defer { inbox.isStopped = true }
            return !inbox.isStopped
        }
        if isFirst { bell.ring() }
        return isFirst
    }

    func run(_ ledger: PingLedger) {
        var ledger = ledger
        var waiting: [UInt64: Pending<PingResult>] = [:]
        var buffer = ReceiveBuffer()
        let receivers = AddressFamily.allCases.compactMap { sockets[$0] }
        while true {
            let (commands, isStopped) = inbox.withLock { inbox in
                defer { inbox.commands.removeAll(keepingCapacity: true) }
                inbox.isClosed = inbox.isStopped
                return (inbox.commands, inbox.isStopped)
            }
            for command in commands { take(command, &ledger, &waiting) }
            if isStopped { break }
            for socket in receivers { receive(from: socket, into: &buffer, &ledger) }
            work(&ledger, &waiting)
            wait(for: receivers, until: ledger.nextMoment)
        }
        for id in waiting.keys.sorted() { waiting[id]?.bring(ledger.finish(id) ?? PingResult()) }
    }

    private func take(
        _ command: Command, _ ledger: inout PingLedger, _ waiting: inout [UInt64: Pending<PingResult>]
    ) {
        switch command {
        case .start(let order, let pending):
            guard sockets[order.address.family] != nil else {
                pending.bring(PingResult(refusal: refusals[order.address.family]))
                return
            }
            waiting[order.id] = pending
            ledger.start(order, at: .now)
        case .cancel(let id):
            guard let pending = waiting.removeValue(forKey: id) else { return }
            pending.bring(ledger.finish(id) ?? PingResult())
        }
    }

    private func work(_ ledger: inout PingLedger, _ waiting: inout [UInt64: Pending<PingResult>]) {
        var sends = 0
        while sends < Self.sendsAtOnce, let action = ledger.next(at: .now) {
            switch action {
            case .finish(let id, let result):
                waiting.removeValue(forKey: id)?.bring(result)
            case .send(let transmission):
                sends += 1
                send(transmission, &ledger)
            }
        }
    }

    private func send(_ transmission: PingLedger.Transmission, _ ledger: inout PingLedger) {
        guard let socket = sockets[transmission.address.family] else { return }
        let request = EchoRequest(
            family: socket.family, identifier: socket.identifier, nonce: nonce, number: transmission.number,
            size: transmission.size)
        let bytes = request.bytes
        ledger.sent(transmission, at: .now)
        do throws(SystemError) {
            try socket.send(bytes, to: transmission.address)
        } catch  where error.code == EAGAIN || error.code == ENOBUFS {
            ledger.postpone(transmission, until: .now + .milliseconds(1))
        } catch {
            ledger.failed(transmission, error, at: .now)
        }
    }

    private func receive(from socket: ICMPSocket, into buffer: inout ReceiveBuffer, _ ledger: inout PingLedger) {
        // Bounded, so that a flood of replies cannot keep the deadlines from being served.
        for _ in 0..<256 {
            guard let datagram = socket.receive(into: &buffer) else { return }
            let age = Self.age(of: datagram.control.arrival)
            let now = ContinuousClock.now
            do throws(ICMPMessage.Unusable) {
                let message = try Self.message(datagram, as: socket.framing, of: socket.family)
                ledger.receive(
                    message, from: datagram.control.error?.reporter ?? datagram.address,
                    isAddressed: message.identifier == socket.identifier, at: now, age: age)
            } catch {
                continue  // Whatever else comes by an ICMP socket is not ours.
            }
        }
    }

    static func message(
        _ datagram: ReceiveBuffer.Datagram, as framing: ICMPMessage.Framing, of family: AddressFamily
    ) throws(ICMPMessage.Unusable) -> ICMPMessage {
        guard let error = datagram.control.error else {
            return try ICMPMessage.parse(datagram.bytes, as: framing)
        }
        guard error.isFromNetwork else { throw .other }
        return try ICMPMessage.parse(
            quoted: datagram.bytes, to: datagram.address, type: error.type, code: error.code, family: family)
    }

    /// How long ago the kernel stamped a datagram, by the wall clock; zero when it did not.
    private static func age(of arrival: Duration?) -> Duration {
        guard let arrival else { return .zero }
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return .zero }
        return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec) - arrival
    }

    private func wait(for receivers: [ICMPSocket], until moment: ContinuousClock.Instant?) {
        var entries = receivers.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        entries.append(pollfd(fd: bell.number, events: Int16(POLLIN), revents: 0))
        _ = poll(&entries, nfds_t(entries.count), PollerLoop.timeout(until: moment))
        if entries.last?.revents != 0 { bell.hush() }
    }
}
