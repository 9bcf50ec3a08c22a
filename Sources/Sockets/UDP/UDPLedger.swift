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

        /// Whether it is to be sent, and not over.
        func isDue(at now: Moment) -> Bool { ending == nil && now < exchange.deadline }

        /// What leaves now, and when it is to be looked at again.
        mutating func depart(as order: UInt64, at now: Moment) -> (Transmission, Moment) {
            nextSend = sends < exchange.retransmissions.count ? now + exchange.retransmissions[sends] : nil
            sends += 1
            let transmission = Transmission(
                order: order, destination: exchange.destination, payload: exchange.payload)
            return (transmission, nextMoment)
        }

        mutating func left(at moment: Moment) {
            if firstSend == nil { firstSend = moment }
            lastSend = moment
        }

        /// Takes an answer; whether it ends the exchange, nil when nothing has left yet that it could answer.
        mutating func receive(
            _ bytes: [UInt8], _ mark: UDPMark, from source: SocketAddress, at now: Moment, age: Duration
        ) -> Bool? {
            guard let firstSend, let lastSend else { return nil }
            guard ending == nil else {
                if mark.isFinal, case .answered = ending { strays.duplicates += 1 }
                return false
            }
            let elapsed = firstSend.duration(to: now)
            // A kernel stamp from before the payload left comes of a wall clock that was set just then.
            let kernel = age > .zero && age <= elapsed ? age : .zero
            if now - kernel > exchange.deadline {
                strays.late += 1
                return false
            }
            guard mark.isFinal else {
                provisional += 1
                return false
            }
            let roundTrip = sends == 1 ? lastSend.duration(to: now) - kernel : nil
            ending = .answered(
                UDPAnswer(bytes: bytes, source: source, elapsed: elapsed - kernel, roundTrip: roundTrip))
            return true
        }
    }

    /// What came from a destination and is no answer.
    private struct Strays: Sendable {
        var late = 0
        var duplicates = 0
        var foreign = 0
        var unreadable = 0
    }

    private var open: [UInt64: Open] = [:]
    /// What is to be looked at as soon as can be, in order: what was begun, and what came to an end. A place among the
    /// moments would cost more than all else.
    private var urgent: [UInt64] = []
    private var urgentTaken = 0
    private var urgentSince: Moment?
    private var moments = DeadlineHeap<UInt64>()
    private var ordersByPlace: [Place: UInt64] = [:]
    private var ordersByKey: [UInt64: UInt64] = [:]
    /// Most destinations have one exchange under way; the others of the few are kept apart.
    private var ordersByDestination: [SocketAddress: UInt64] = [:]
    private var furtherOrders: [SocketAddress: [UInt64]] = [:]
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
    package var nextMoment: Moment? {
        guard let urgentSince else { return moments.earliest }
        return moments.earliest.map { min($0, urgentSince) } ?? urgentSince
    }

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
        if ordersByDestination[exchange.destination] == nil {
            ordersByDestination[exchange.destination] = order
        } else {
            furtherOrders[exchange.destination, default: []].append(order)
        }
        open[order] = entry
        hurry(order, at: now)
    }

    private mutating func hurry(_ order: UInt64, at now: Moment) {
        urgent.append(order)
        if urgentSince == nil { urgentSince = now }
    }

    /// The next of those that are still under way.
    private mutating func popUrgent() -> UInt64? {
        while urgentTaken < urgent.count {
            let order = urgent[urgentTaken]
            urgentTaken += 1
            // What was taken goes out now and then, so that neither its room nor the moving costs more and more.
            if urgentTaken == urgent.count || urgentTaken >= 4096 {
                urgent.removeFirst(urgentTaken)
                urgentTaken = 0
                if urgent.isEmpty { urgentSince = nil }
            }
            if open[order] != nil { return order }
        }
        return nil
    }

    /// The next thing to do, nil when nothing is due. Call it until then.
    package mutating func next(at now: Moment) -> Action? {
        // In place: a copy of an entry and its way back cost more than what changes in it.
        guard let order = moments.popDue(at: now) ?? popUrgent(), let index = open.index(forKey: order) else {
            return nil
        }
        guard open.values[index].isDue(at: now) else { return finish(order, .timedOut).map { .finish(order, $0) } }
        let (transmission, moment) = open.values[index].depart(as: order, at: now)
        moments.set(order, at: moment)
        return .send(transmission)
    }

    /// The moment just before the payload was handed to the kernel.
    package mutating func sent(_ order: UInt64, at moment: Moment) {
        guard let index = open.index(forKey: order) else { return }
        open.values[index].left(at: moment)
    }

    /// The kernel refused the payload: the end, unless an earlier copy got out.
    package mutating func failed(_ order: UInt64, _ error: SystemError, at now: Moment) {
        guard var entry = open[order] else { return }
        entry.sends -= 1
        if entry.sends == 0, entry.ending == nil { entry.ending = .cannotSend(error) }
        // It counts as one of the tries all the same: what refuses forever is not asked forever.
        if !entry.exchange.retransmissions.isEmpty { entry.exchange.retransmissions.removeFirst() }
        open[order] = entry
        if entry.ending != nil { hurry(order, at: now) }
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
        let place = entry.place
        if let index = ordersByPlace.index(forKey: place), ordersByPlace.values[index] == order {
            ordersByPlace.remove(at: index)
            let wasAnswered = if case .answered = entry.ending { true } else { false }
            remember(place, wasAnswered: wasAnswered)
        }
        if let index = ordersByKey.index(forKey: place.key), ordersByKey.values[index] == order {
            ordersByKey.remove(at: index)
        }
        forget(order, to: place.destination)
        let stray = strays.isEmpty ? Strays() : strays.removeValue(forKey: place.destination) ?? Strays()
        return UDPResult(
            entry.ending ?? ending, sends: entry.sends, provisional: entry.provisional,
            late: entry.strays.late + stray.late, duplicates: entry.strays.duplicates + stray.duplicates,
            foreign: entry.strays.foreign + stray.foreign,
            unreadable: entry.strays.unreadable + stray.unreadable, faults: entry.faults)
    }

    /// Takes a datagram that was read at `now`, `age` after the kernel got it; false when nobody ever asked for it.
    package mutating func receive(
        _ bytes: [UInt8], _ mark: UDPMark, from source: SocketAddress, at now: Moment, age: Duration
    ) -> Bool {
        let place = Place(destination: source, key: mark.key)
        guard let order = ordersByPlace[place], let index = open.index(forKey: order) else { return stray(place) }
        guard let isOver = open.values[index].receive(bytes, mark, from: source, at: now, age: age) else {
            return false
        }
        if isOver { hurry(order, at: now) }
        return true
    }

    /// Takes word that a datagram came in which the reader found nothing; false when its sender was never asked.
    package mutating func receiveUnreadable(from source: SocketAddress) -> Bool {
        guard let order = ordersByDestination[source], let place = open.index(forKey: order) else { return false }
        open.values[place].strays.unreadable += 1
        return true
    }

    private func orders(to destination: SocketAddress) -> [UInt64] {
        guard let first = ordersByDestination[destination] else { return [] }
        return [first] + (furtherOrders[destination] ?? [])
    }

    private mutating func forget(_ order: UInt64, to destination: SocketAddress) {
        var further = furtherOrders.isEmpty ? [] : furtherOrders.removeValue(forKey: destination) ?? []
        if ordersByDestination[destination] == order {
            ordersByDestination[destination] = further.isEmpty ? nil : further.removeFirst()
        } else {
            further.removeAll { $0 == order }
        }
        if !further.isEmpty { furtherOrders[destination] = further }
    }

    package mutating func receive(_ complaint: Complaint, at now: Moment) {
        let fault = complaint.fault
        for order in orders(to: complaint.destination) {
            guard var entry = open[order], entry.firstSend != nil, entry.ending == nil else { continue }
            // What quotes another payload is about an exchange that is over.
            guard entry.exchange.payload.starts(with: complaint.quoted) else { continue }
            entry.faults.append(fault)
            // A closed port stays closed for the moment; a router's word may change before the next try.
            let isFinal = fault.kind == .portUnreachable || fault.kind == .protocolUnreachable
            if isFinal || (entry.nextSend == nil && fault.kind != .packetTooBig) {
                entry.ending = .refused(fault)
                hurry(order, at: now)
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
        if let order = ordersByDestination[destination], var entry = open[order] {
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
