/// All exchanges under way, as a value: what to send when, which datagram answers which, and what each exchange got.
///
/// It knows no socket and no clock. The engine's thread asks `next` what to do, tells what it did and what came.
package struct UDPLedger: Sendable {
    package typealias Moment = ContinuousClock.Instant

    /// A payload that is due.
    package struct Transmission: Hashable, Sendable {
        package var order: UInt64
        package var destination: SocketAddress
        package var payload: [UInt8]
    }

    /// What the ledger wants done.
    package enum Action: Hashable, Sendable {
        /// Send it; then say `sent` or `failed` or `postpone`.
        case send(Transmission)
        /// That exchange is over.
        case finish(UInt64, UDPResult)
    }

    /// An ICMP error about a datagram that left.
    package struct Complaint: Hashable, Sendable {
        package var fault: ICMPFault
        /// Where the datagram went.
        package var destination: SocketAddress
        /// The first bytes of its payload, as far as the error quotes them; often none.
        package var quoted: [UInt8]

        package init(_ fault: ICMPFault, to destination: SocketAddress, quoting quoted: [UInt8]) {
            self.fault = fault
            self.destination = destination
            self.quoted = quoted
        }
    }

    private struct Place: Hashable, Sendable {
        var destination: SocketAddress
        var key: UInt64
    }

    private struct Open: Sendable {
        var exchange: UDPExchange
        var sends = 0
        var firstSend: Moment?
        var lastSend: Moment?
        /// When the payload is to leave again; nil when it has left as often as it may.
        var nextSend: Moment?
        var provisional = 0
        var strays = Strays()
        var faults: [ICMPFault] = []
        var ending: UDPResult.Ending?

        var place: Place { Place(destination: exchange.destination, key: exchange.key) }

        var nextMoment: Moment {
            nextSend.map { min($0, exchange.deadline) } ?? exchange.deadline
        }
    }

    /// What came from a destination and is no answer.
    private struct Strays: Sendable {
        var late = 0
        var duplicates = 0
        var foreign = 0
    }

    private var open: [UInt64: Open] = [:]
    private var moments = DeadlineHeap<UInt64>()
    private var ordersByPlace: [Place: UInt64] = [:]
    private var ordersByKey: [UInt64: UInt64] = [:]
    private var ordersByDestination: [SocketAddress: [UInt64]] = [:]
    /// The last exchanges that are over, and whether they were answered: to know a late or second answer when it comes.
    private var past: [Place: Bool] = [:]
    private var pastPlaces: [Place] = []
    private var oldestPast = 0
    private let pastLimit: Int
    /// For the next exchange with that destination.
    private var strays: [SocketAddress: Strays] = [:]

    package init(remembering pastLimit: Int = 8192) {
        self.pastLimit = max(1, pastLimit)
    }

    /// When `next` has something to do again.
    package var nextMoment: Moment? { moments.earliest }

    /// Begins an exchange: its payload is due at once.
    package mutating func start(_ order: UInt64, _ exchange: UDPExchange, at now: Moment) {
        var entry = Open(exchange: exchange, nextSend: now)
        if ordersByPlace[entry.place] == nil {
            ordersByPlace[entry.place] = order
            ordersByKey[exchange.key] = order
        } else {
            // Its answer could not be told from the other's.
            entry.ending = .cannotSend(.keyInUse)
        }
        ordersByDestination[exchange.destination, default: []].append(order)
        open[order] = entry
        moments.set(order, at: now)
    }

    /// The next thing to do, nil when nothing is due. Call it until then.
    package mutating func next(at now: Moment) -> Action? {
        guard let order = moments.popDue(at: now), var entry = open[order] else { return nil }
        guard entry.ending == nil, now < entry.exchange.deadline else {
            return finish(order, .timedOut).map { .finish(order, $0) }
        }
        let retransmissions = entry.exchange.retransmissions
        entry.nextSend = entry.sends < retransmissions.count ? now + retransmissions[entry.sends] : nil
        entry.sends += 1
        open[order] = entry
        moments.set(order, at: entry.nextMoment)
        return .send(
            Transmission(
                order: order, destination: entry.exchange.destination, payload: entry.exchange.payload))
    }

    /// The moment just before the payload was handed to the kernel.
    package mutating func sent(_ order: UInt64, at moment: Moment) {
        guard var entry = open[order] else { return }
        if entry.firstSend == nil { entry.firstSend = moment }
        entry.lastSend = moment
        open[order] = entry
    }

    /// The kernel refused the payload: the end, unless an earlier copy got out.
    package mutating func failed(_ order: UInt64, _ error: SystemError, at now: Moment) {
        guard var entry = open[order] else { return }
        entry.sends -= 1
        if entry.sends == 0, entry.ending == nil { entry.ending = .cannotSend(error) }
        // It counts as one of the tries all the same: what refuses forever is not asked forever.
        if !entry.exchange.retransmissions.isEmpty { entry.exchange.retransmissions.removeFirst() }
        open[order] = entry
        if entry.ending != nil { moments.set(order, at: now) }
    }

    /// The kernel had no room: the payload is to leave later.
    package mutating func postpone(_ order: UInt64, until moment: Moment) {
        guard var entry = open[order] else { return }
        entry.sends -= 1
        entry.nextSend = moment
        open[order] = entry
        moments.set(order, at: entry.nextMoment)
    }

    /// Ends an exchange with what it has, `ending` where nothing else ended it; nil when it is over already.
    package mutating func finish(_ order: UInt64, _ ending: UDPResult.Ending) -> UDPResult? {
        guard let entry = open.removeValue(forKey: order) else { return nil }
        moments.remove(order)
        let destination = entry.exchange.destination
        if ordersByPlace[entry.place] == order {
            ordersByPlace[entry.place] = nil
            let wasAnswered = if case .answered = entry.ending { true } else { false }
            remember(entry.place, wasAnswered: wasAnswered)
        }
        if ordersByKey[entry.exchange.key] == order { ordersByKey[entry.exchange.key] = nil }
        var orders = ordersByDestination.removeValue(forKey: destination) ?? []
        orders.removeAll { $0 == order }
        if !orders.isEmpty { ordersByDestination[destination] = orders }
        let stray = strays.removeValue(forKey: destination) ?? Strays()
        return UDPResult(
            entry.ending ?? ending, sends: entry.sends, provisional: entry.provisional,
            late: entry.strays.late + stray.late, duplicates: entry.strays.duplicates + stray.duplicates,
            foreign: entry.strays.foreign + stray.foreign, faults: entry.faults)
    }

    /// Takes a datagram that was read at `now`, `age` after the kernel got it; false when nobody ever asked for it.
    package mutating func receive(
        _ bytes: [UInt8], _ mark: UDPMark, from source: SocketAddress, at now: Moment, age: Duration
    ) -> Bool {
        let place = Place(destination: source, key: mark.key)
        guard let order = ordersByPlace[place], var entry = open[order] else { return stray(place) }
        guard let first = entry.firstSend, let last = entry.lastSend else { return false }
        guard entry.ending == nil else {
            if mark.isFinal, case .answered = entry.ending { open[order]?.strays.duplicates += 1 }
            return true
        }
        let elapsed = first.duration(to: now)
        // A kernel stamp from before the payload left comes of a wall clock that was set just then.
        let kernel = age > .zero && age <= elapsed ? age : .zero
        if now - kernel > entry.exchange.deadline {
            entry.strays.late += 1
        } else if !mark.isFinal {
            entry.provisional += 1
        } else {
            let roundTrip = entry.sends == 1 ? last.duration(to: now) - kernel : nil
            entry.ending = .answered(
                UDPAnswer(bytes: bytes, source: source, elapsed: elapsed - kernel, roundTrip: roundTrip))
            moments.set(order, at: now)
        }
        open[order] = entry
        return true
    }

    package mutating func receive(_ complaint: Complaint, at now: Moment) {
        let fault = complaint.fault
        for order in ordersByDestination[complaint.destination] ?? [] {
            guard var entry = open[order], entry.firstSend != nil, entry.ending == nil else { continue }
            // What quotes another payload is about an exchange that is over.
            guard entry.exchange.payload.starts(with: complaint.quoted) else { continue }
            entry.faults.append(fault)
            // A closed port stays closed for the moment; a router's word may change before the next try.
            let isFinal = fault.kind == .portUnreachable || fault.kind == .protocolUnreachable
            if isFinal || (entry.nextSend == nil && fault.kind != .packetTooBig) {
                entry.ending = .refused(fault)
                moments.set(order, at: now)
            }
            open[order] = entry
        }
    }

    /// A datagram that answers nothing that is under way.
    private mutating func stray(_ place: Place) -> Bool {
        if let wasAnswered = past[place] {
            note(place.destination) { strays in
                if wasAnswered { strays.duplicates += 1 } else { strays.late += 1 }
            }
            past[place] = true
            return true
        }
        guard let order = ordersByKey[place.key] else { return false }
        open[order]?.strays.foreign += 1
        return true
    }

    private mutating func note(_ destination: SocketAddress, _ change: (inout Strays) -> Void) {
        if let order = ordersByDestination[destination]?.first, var entry = open[order] {
            change(&entry.strays)
            open[order] = entry
        } else if strays[destination] != nil || strays.count < pastLimit {
            change(&strays[destination, default: Strays()])
        }
    }

    private mutating func remember(_ place: Place, wasAnswered: Bool) {
        guard past.updateValue(wasAnswered, forKey: place) == nil else { return }
        if pastPlaces.count < pastLimit {
            pastPlaces.append(place)
        } else {
            past[pastPlaces[oldestPast]] = nil
            pastPlaces[oldestPast] = place
            oldestPast = (oldestPast + 1) % pastLimit
        }
    }
}
