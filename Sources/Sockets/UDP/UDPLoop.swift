import Glibc
import Synchronization

/// The engine's thread: carries the ledger's wishes to the sockets and what the sockets give to the ledger.
final class UDPLoop: Sendable {
    typealias Reader = @Sendable ([UInt8]) -> UDPMark?
    typealias Ledger = UDPLedger<UDPTicket>

    enum Command: Sendable {
        case start(UDPExchange, UDPTicket)
        case cancel(UDPTicket)
    }

    /// What belongs to the thread alone.
    private struct Desk: ~Copyable {
        var ledger = Ledger()
        var received = ReceiveBatch()
        var errors = ReceiveBatch()
        var batch = DatagramBatch()
        /// Of what is in the batch.
        var family = AddressFamily.ipv4
    }

    /// So many leave between two looks at what has come, lest answers overflow the receive buffer.
    private static let sendsAtOnce = 64
    /// Pages that no datagram reached are never backed by memory.
    private static let longestDatagram = 65_536
    private let sockets: [AddressFamily: UDPSocket]
    private let refusals: [AddressFamily: SystemError]
    private let reader: Reader
    let inbox: LoopInbox<Command>
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

    func start(_ exchange: UDPExchange, _ ticket: UDPTicket) {
        if !inbox.put(.start(exchange, ticket)) { ticket.pending.bring(UDPResult(.cancelled)) }
    }

    func cancel(_ ticket: UDPTicket) {
        // After the last look every exchange has been ended.
        _ = inbox.put(.cancel(ticket))
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
        for place in desk.ledger.places { cancel(place, &desk) }
    }

    private func take(_ command: Command, _ desk: inout Desk) {
        switch command {
        case .start(let exchange, let ticket):
            guard sockets[exchange.destination.family] != nil else {
                let refusal = refusals[exchange.destination.family] ?? SystemError("socket", code: EAFNOSUPPORT)
                ticket.pending.bring(UDPResult(.cannotSend(refusal)))
                return
            }
            begin(exchange, ticket, &desk)
        case .cancel(let ticket):
            if let place = ticket.place.withLock({ $0 }) { cancel(place, &desk) }
        }
    }

    private func begin(_ exchange: UDPExchange, _ ticket: UDPTicket, _ desk: inout Desk) {
        let place = desk.ledger.start(exchange, ticket, until: Moment(exchange.deadline), at: .now)
        ticket.place.withLock { $0 = place }
    }

    private func cancel(_ place: Ledger.Place, _ desk: inout Desk) {
        guard let (ticket, result) = desk.ledger.finish(place, .cancelled) else { return }
        ticket.pending.bring(result)
    }

    /// Goes on with the conversation, or tells whoever waits.
    private func finish(_ ticket: UDPTicket, _ result: UDPResult, _ desk: inout Desk) {
        // The family is the one that was asked before: another would have no socket to be refused by.
        if let exchange = ticket.next?(result), sockets[exchange.destination.family] != nil {
            begin(exchange, ticket, &desk)
        } else {
            ticket.pending.bring(result)
        }
    }

    private func work(_ desk: inout Desk) {
        var sends = 0
        let now = Moment.now
        while sends < Self.sendsAtOnce, let action = desk.ledger.next(at: now) {
            switch action {
            case .finish(let ticket, let result):
                finish(ticket, result, &desk)
            case .send(let transmission):
                sends += 1
                add(transmission, &desk)
            }
        }
        flush(&desk)
    }

    private func add(_ transmission: Ledger.Transmission, _ desk: inout Desk) {
        let family = transmission.destination.family
        if family != desk.family || !desk.batch.hasRoom(for: transmission.payload.count) {
            flush(&desk)
            desk.family = family
        }
        if !desk.batch.add(transmission) {
            desk.ledger.failed(transmission.place, SystemError("sendmmsg", code: EMSGSIZE))
        }
    }

    private func flush(_ desk: inout Desk) {
        guard !desk.batch.places.isEmpty, let socket = sockets[desk.family] else { return }
        send(by: socket, &desk)
    }

    /// Sends the batch and empties it.
    private func send(by socket: UDPSocket, _ desk: inout Desk) {
        var done = 0
        var attempts = 0
        while done < desk.batch.places.count {
            let begin = Moment.now
            do throws(SystemError) {
                let count = try desk.batch.send(from: done, by: socket.number)
                // They left one after the other while the call lasted.
                let step = (Moment.now - begin) / Int64(count)
                for index in 0..<count {
                    desk.ledger.sent(desk.batch.places[done + index], at: begin + step * Int64(index))
                }
                done += count
                attempts = 0
            } catch  where error.code == EINTR {
                continue
            } catch  where error.code == EAGAIN || error.code == ENOBUFS {
                for place in desk.batch.places[done...] { desk.ledger.postpone(place, until: begin + 1_000_000) }
                break
            } catch {
                // An ICMP error that came back earlier is reported by the next call, whomever that is for: what still
                // fails when none was waiting is this payload's own.
                attempts += 1
                if receiveErrors(from: socket, &desk) > 0 ? attempts < 16 : attempts < 2 { continue }
                desk.ledger.failed(desk.batch.places[done], error)
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
            let (now, fromWallClock) = (Moment.now, Moment.fromWallClock)
            for index in 0..<desk.received.count {
                guard let source = desk.received.address(at: index) else { continue }
                // The kernel's stamp is of the wall clock.
                let age = desk.received.control(at: index).arrival.map { now.nanoseconds &- ($0 &+ fromWallClock) } ?? 0
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
                Ledger.Complaint(fault, to: destination, quoting: desk.errors.bytes(at: index)))
        }
        return count
    }

    private func wait(_ ready: inout [pollfd], until moment: Moment?) {
        // What came while it worked did not ring.
        let timeout = inbox.sleep() ? EpollTimeout.milliseconds(until: moment) : 0
        _ = poll(&ready, nfds_t(ready.count), timeout)
        inbox.awake(ringing: ready.last?.revents != 0)
    }
}
