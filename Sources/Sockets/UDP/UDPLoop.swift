import Glibc
import Synchronization

/// The engine's thread: carries the ledger's wishes to the sockets and what the sockets give to the ledger.
final class UDPLoop: Sendable {
    typealias Reader = @Sendable ([UInt8]) -> UDPMark?
    typealias Next = @Sendable (UDPResult) -> UDPExchange?

    enum Command: Sendable {
        case start(UInt64, UDPExchange, Asker)
        case cancel(UInt64)
    }

    /// Who waits for an exchange, and what is to be asked when it is over.
    struct Asker: Sendable {
        var pending: Pending<UDPResult>
        var next: Next?
    }

    /// What belongs to the thread alone.
    private struct Desk: ~Copyable {
        var ledger = UDPLedger()
        var waiting: [UInt64: Asker] = [:]
        var received = ReceiveBatch()
        var errors = ReceiveBatch()
        var outgoing: [AddressFamily: [UDPLedger.Transmission]] = [:]
        var batch = DatagramBatch()
    }

    /// So many leave between two looks at what has come, lest answers overflow the receive buffer.
    private static let sendsAtOnce = 64
    /// Pages that no datagram reached are never backed by memory.
    private static let longestDatagram = 65_536
    private let sockets: [AddressFamily: UDPSocket]
    private let refusals: [AddressFamily: SystemError]
    private let reader: Reader
    let inbox: LoopInbox<Command>
    private let lastOrder = Atomic<UInt64>(0)
    private let strangers = Atomic<Int>(0)

    init(
        sockets: [AddressFamily: UDPSocket], refusals: [AddressFamily: SystemError], reader: @escaping Reader
    ) throws(SystemError) {
        self.sockets = sockets
        self.refusals = refusals
        self.reader = reader
        inbox = try LoopInbox()
    }

    /// Datagrams that the reader did not know or that nobody had asked for.
    var unclaimed: Int { strangers.load(ordering: .relaxed) }

    func start(_ exchange: UDPExchange, _ pending: Pending<UDPResult>, _ next: Next? = nil) -> UInt64 {
        let order = lastOrder.add(1, ordering: .relaxed).newValue
        if !inbox.put(.start(order, exchange, Asker(pending: pending, next: next))) {
            pending.bring(UDPResult(.cancelled))
        }
        return order
    }

    func cancel(_ order: UInt64) {
        // After the last look every exchange has been ended.
        _ = inbox.put(.cancel(order))
    }

    func run() {
        var desk = Desk()
        desk.received.makeRoom(for: Self.longestDatagram)
        let receivers = AddressFamily.allCases.compactMap { sockets[$0] }
        // What each socket has: something to read, or an error; last the bell.
        var ready = (receivers.map(\.number) + [inbox.number]).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        var commands: [Command] = []
        var jobs: [UnownedJob] = []
        while true {
            let goesOn = inbox.take(&commands, &jobs)
            for command in commands { take(command, &desk) }
            guard goesOn else { break }
            for (index, socket) in receivers.enumerated() {
                let readiness = ready[index].revents
                if readiness & Int16(POLLERR) != 0 { receiveErrors(from: socket, &desk) }
                if readiness & Int16(POLLIN) != 0 { receive(from: socket, &desk) }
            }
            work(&desk)
            wait(&ready, until: desk.ledger.nextMoment)
        }
        for (order, asker) in desk.waiting {
            asker.pending.bring(desk.ledger.finish(order, .cancelled) ?? UDPResult(.cancelled))
        }
    }

    private func take(_ command: Command, _ desk: inout Desk) {
        switch command {
        case .start(let order, let exchange, let asker):
            guard sockets[exchange.destination.family] != nil else {
                let refusal = refusals[exchange.destination.family] ?? SystemError("socket", code: EAFNOSUPPORT)
                asker.pending.bring(UDPResult(.cannotSend(refusal)))
                return
            }
            desk.waiting[order] = asker
            desk.ledger.start(order, exchange, at: .now)
        case .cancel(let order):
            guard let asker = desk.waiting.removeValue(forKey: order) else { return }
            asker.pending.bring(desk.ledger.finish(order, .cancelled) ?? UDPResult(.cancelled))
        }
    }

    /// Goes on with the conversation, or tells whoever waits.
    private func finish(_ order: UInt64, _ result: UDPResult, _ desk: inout Desk) {
        guard let asker = desk.waiting[order] else { return }
        // The family is the one that was asked before: another would have no socket to be refused by.
        if let exchange = asker.next?(result), sockets[exchange.destination.family] != nil {
            desk.ledger.start(order, exchange, at: .now)
        } else {
            desk.waiting[order] = nil
            asker.pending.bring(result)
        }
    }

    private func work(_ desk: inout Desk) {
        var sends = 0
        while sends < Self.sendsAtOnce, let action = desk.ledger.next(at: .now) {
            switch action {
            case .finish(let order, let result):
                finish(order, result, &desk)
            case .send(let transmission):
                sends += 1
                desk.outgoing[transmission.destination.family, default: []].append(transmission)
            }
        }
        guard sends > 0 else { return }
        for family in AddressFamily.allCases {
            guard let transmissions = desk.outgoing.removeValue(forKey: family), let socket = sockets[family] else {
                continue
            }
            for transmission in transmissions {
                if !desk.batch.hasRoom(for: transmission.payload.count) { send(by: socket, &desk) }
                if !desk.batch.add(transmission) {
                    desk.ledger.failed(transmission.order, SystemError("sendmmsg", code: EMSGSIZE), at: .now)
                }
            }
            send(by: socket, &desk)
        }
    }

    /// Sends the batch and empties it.
    private func send(by socket: UDPSocket, _ desk: inout Desk) {
        var done = 0
        var attempts = 0
        while done < desk.batch.orders.count {
            let begin = ContinuousClock.now
            do throws(SystemError) {
                let count = try desk.batch.send(from: done, by: socket.number)
                // They left one after the other while the call lasted.
                let step = begin.duration(to: .now) / count
                for index in 0..<count { desk.ledger.sent(desk.batch.orders[done + index], at: begin + step * index) }
                done += count
                attempts = 0
            } catch  where error.code == EINTR {
                continue
            } catch  where error.code == EAGAIN || error.code == ENOBUFS {
                for order in desk.batch.orders[done...] { desk.ledger.postpone(order, until: begin + .milliseconds(1)) }
                break
            } catch {
                // An ICMP error that came back earlier is reported by the next call, whomever that is for: what still
                // fails when none was waiting is this payload's own.
                attempts += 1
                if receiveErrors(from: socket, &desk) > 0 ? attempts < 16 : attempts < 2 { continue }
                desk.ledger.failed(desk.batch.orders[done], error, at: begin)
                done += 1
                attempts = 0
            }
        }
        desk.batch.clear()
    }

    private func receive(from socket: UDPSocket, _ desk: inout Desk) {
        // Bounded, so that a flood of answers cannot keep the deadlines from being served.
        for _ in 0..<16 {
            guard desk.received.receive(from: socket.number, flags: 0) else {
                // Anything else is the pending error of an earlier datagram; reading it has cleared it.
                if desk.received.lastError == EAGAIN { return }
                receiveErrors(from: socket, &desk)
                continue
            }
            let (now, wall) = (ContinuousClock.now, Self.wallClock)
            for index in 0..<desk.received.count {
                guard let source = desk.received.address(at: index) else { continue }
                var age = Duration.zero
                if let arrival = desk.received.control(at: index).arrival, let wall {
                    age = .nanoseconds(wall &- arrival)
                }
                let bytes = desk.received.bytes(at: index)
                let isClaimed =
                    if let mark = reader(bytes) {
                        desk.ledger.receive(bytes, mark, from: source, at: now, age: age)
                    } else {
                        desk.ledger.receiveUnreadable(from: source)
                    }
                if !isClaimed { strangers.add(1, ordering: .relaxed) }
            }
            if desk.received.count < ReceiveBatch.capacity { return }
        }
    }

    /// Takes the errors that the kernel holds; how many of them came from the network.
    @discardableResult
    private func receiveErrors(from socket: UDPSocket, _ desk: inout Desk) -> Int {
        guard desk.errors.receive(from: socket.number, flags: MSG_ERRQUEUE) else { return 0 }
        var count = 0
        for index in 0..<desk.errors.count {
            guard let error = desk.errors.control(at: index).error, error.isFromNetwork else { continue }
            count += 1
            let kind =
                socket.family == .ipv4
                ? ICMPFault.Kind(ipv4Type: error.type, code: error.code)
                : ICMPFault.Kind(ipv6Type: error.type, code: error.code)
            guard let kind, let destination = desk.errors.address(at: index) else { continue }
            let fault = ICMPFault(kind: kind, type: error.type, code: error.code, reporter: error.reporter)
            desk.ledger.receive(
                UDPLedger.Complaint(fault, to: destination, quoting: desk.errors.bytes(at: index)), at: .now)
        }
        return count
    }

    /// Nanoseconds since 1970, to compare with the kernel's stamps; nil when the system does not say.
    private static var wallClock: Int64? {
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    private func wait(_ ready: inout [pollfd], until moment: ContinuousClock.Instant?) {
        // What came while it worked did not ring.
        let timeout = inbox.sleep() ? EpollTimeout.milliseconds(until: moment) : 0
        _ = poll(&ready, nfds_t(ready.count), timeout)
        inbox.awake(ringing: ready.last?.revents != 0)
    }
}
