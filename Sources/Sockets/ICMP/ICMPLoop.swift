import Glibc
import Synchronization

/// The engine's thread: carries the ledger's wishes to the sockets and what the sockets give to the ledger.
final class ICMPLoop: Sendable {
    enum Command: Sendable {
        case start(PingOrder, PingTicket)
        case cancel(PingTicket)
    }

    let inbox: LoopInbox<Command>
    private let sockets: [AddressFamily: ICMPSocket]
    private let refusals: [AddressFamily: SystemError]

    init(sockets: [AddressFamily: ICMPSocket], refusals: [AddressFamily: SystemError]) throws(SystemError) {
        self.sockets = sockets
        self.refusals = refusals
        inbox = try LoopInbox()
    }

    func start(_ order: PingOrder, _ ticket: PingTicket) {
        if !inbox.put(.start(order, ticket)) { ticket.pending.bring(PingResult()) }
    }

    func cancel(_ ticket: PingTicket) {
        // After the last look every ping has been ended.
        _ = inbox.put(.cancel(ticket))
    }

    func run(_ ledger: PingLedger<PingTicket>) {
        var ledger = ledger
        var ipv4 = sockets[.ipv4].map { EchoLane($0) }
        var ipv6 = sockets[.ipv6].map { EchoLane($0) }
        var received = ReceiveBatch()
        let watched = [inbox.number] + AddressFamily.allCases.compactMap { sockets[$0]?.number }
        var entries = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var commands: [Command] = []
        var jobs: [UnownedJob] = []
        while true {
            let goesOn = inbox.take(&commands, &jobs)
            for command in commands { take(command, &ledger, &received) }
            guard goesOn else { break }
            ipv4?.receive(into: &received, &ledger)
            ipv6?.receive(into: &received, &ledger)
            work(&ledger, &ipv4, &ipv6)
            wait(&entries, until: ledger.nextMoment)
        }
        for place in ledger.places {
            if let (ticket, result) = ledger.finish(place) { ticket.pending.bring(result) }
        }
    }

    private func take(_ command: Command, _ ledger: inout PingLedger<PingTicket>, _ received: inout ReceiveBatch) {
        switch command {
        case .start(let order, let ticket):
            guard sockets[order.address.family] != nil else {
                ticket.pending.bring(PingResult(refusal: refusals[order.address.family]))
                return
            }
            // With the longest IPv4 header before it.
            received.makeRoom(for: order.manner.size + 68)
            let place = ledger.start(order, ticket, at: .now)
            ticket.place.withLock { $0 = place }
        case .cancel(let ticket):
            guard let place = ticket.place.withLock({ $0 }), let (_, result) = ledger.finish(place) else { return }
            ticket.pending.bring(result)
        }
    }

    /// Does what is due, until so many packets have left that their replies want to be looked at.
    private func work(_ ledger: inout PingLedger<PingTicket>, _ ipv4: inout EchoLane?, _ ipv6: inout EchoLane?) {
        var sends = 0
        var finished: [(PingTicket, PingResult)] = []
        let now = Moment.now
        while sends < EchoBatch.capacity, let action = ledger.next(at: now) {
            switch action {
            case .finish(let ticket, let result):
                finished.append((ticket, result))
            case .send(let transmission):
                sends += 1
                switch transmission.address.family {
                case .ipv4: ipv4?.add(transmission, &ledger)
                case .ipv6: ipv6?.add(transmission, &ledger)
                }
            }
        }
        ipv4?.flush(&ledger)
        ipv6?.flush(&ledger)
        // Together: waking their tasks one by one costs as much as sending.
        for (ticket, result) in finished { ticket.pending.bring(result) }
    }

    private func wait(_ entries: inout [pollfd], until moment: Moment?) {
        let timeout = EpollTimeout.milliseconds(until: moment)
        guard timeout != 0, inbox.sleep() else { return }
        _ = poll(&entries, nfds_t(entries.count), timeout)
        inbox.awake(ringing: entries[0].revents != 0)
    }
}
