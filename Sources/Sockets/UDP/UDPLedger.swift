/// All exchanges under way, as a value: what to send when, which datagram answers which, and what each exchange got.
///
/// It knows no socket and no clock. The engine's thread asks `next` what to do, tells what it did and what came.
/// An exchange has a place in a table; its key leads there, also for a while after it is over, so that a late or second
/// answer is known for one.
/// `Ticket` is whatever the owner knows an exchange by.
package struct UDPLedger<Ticket: Sendable>: Sendable {
    package typealias Place = TablePlace

    /// A payload that is due.
    package struct Transmission: Sendable {
        package var place: Place
        package var destination: SocketAddress
        package var payload: [UInt8]
    }

    /// What the ledger wants done.
    package enum Action: Sendable {
        /// Send it; then say `sent` or `failed` or `postpone`.
        case send(Transmission)
        /// That exchange is over.
        case finish(Ticket, UDPResult)
    }

    /// An exchange, or the memory of one.
    struct Entry: TableEntry {
        var generation: UInt32 = 0
        /// Nil when it is over.
        var ticket: Ticket?
        var exchange: UDPExchange
        var deadline: Moment
        var sends = 0
        var firstSend: Moment?
        var lastSend: Moment?
        /// When the payload is to leave again; nil when it has left as often as it may.
        var nextSend: Moment?
        var due: Moment?
        var provisional = 0
        var strays = Strays()
        var faults: [ICMPFault] = []
        var ending: UDPResult.Ending?
        /// Outlives the answer.
        var wasAnswered = false
        /// Others with the same key.
        var nextOfKey: UInt32?
        /// Others under way with the same destination.
        var nextOfDestination: UInt32?
        var previousOfDestination: UInt32?

        var isOver: Bool { ticket == nil }
        var nextMoment: Moment { nextSend.map { min($0, deadline) } ?? deadline }
    }

    /// What came from a destination and is no answer.
    struct Strays: Sendable {
        var late = 0
        var duplicates = 0
        var foreign = 0
        var unreadable = 0
    }

    var entries: PlaceTable<Entry>
    /// What is to be looked at as soon as can be, in order: what was begun, and what came to an end.
    private var urgent = FirstInQueue<Place>()
    /// The first entry with that key, under way or over.
    var firstOfKey: [UInt64: UInt32] = [:]
    /// The first entry under way with that destination.
    var firstOfDestination: [SocketAddress: UInt32] = [:]
    /// For the next exchange with that destination.
    var strays: [SocketAddress: Strays] = [:]

    package init(remembering remembered: Int = 2048) {
        entries = PlaceTable(remembering: remembered)
    }

    /// When `next` has something to do again; in the past when it has something to do now.
    package var nextMoment: Moment? {
        urgent.isEmpty ? entries.nextMoment : Moment(nanoseconds: .min)
    }

    /// Begins an exchange: its payload is due at once. `deadline` is the exchange's own.
    @discardableResult
    package mutating func start(
        _ exchange: UDPExchange, _ ticket: Ticket, until deadline: Moment, at now: Moment
    ) -> Place {
        // Its answer could not be told from the other's.
        let isTaken = placesWith(key: exchange.key, of: exchange.destination).open != nil
        let index = entries.vacancy()
        if index < entries.count { unlink(key: entries[index].exchange.key, UInt32(index)) }
        let entry = Entry(
            ticket: ticket, exchange: exchange, deadline: deadline, nextSend: now,
            ending: isTaken ? .cannotSend(.keyInUse) : nil)
        let place = entries.put(entry, at: index)
        if !isTaken { link(key: exchange.key, place.index) }
        link(destination: exchange.destination, place.index)
        hurry(place)
        return place
    }

    /// The next thing to do, nil when nothing is due. Call it until then.
    package mutating func next(at now: Moment) -> Action? {
        while let place = entries.popDue(at: now) ?? popUrgent() {
            let index = Int(place.index)
            if entries[index].ending != nil || now >= entries[index].deadline {
                if let (ticket, result) = finish(place, .timedOut) { return .finish(ticket, result) }
            } else {
                return .send(depart(place, at: now))
            }
        }
        return nil
    }

    /// The next of those that are still under way.
    private mutating func popUrgent() -> Place? {
        while let place = urgent.popFirst() {
            if entries.isUnderWay(place) { return place }
        }
        return nil
    }

    /// What leaves now; sets when it is to be looked at again.
    private mutating func depart(_ place: Place, at now: Moment) -> Transmission {
        let index = Int(place.index)
        let sends = entries[index].sends
        let retransmissions = entries[index].exchange.retransmissions
        entries[index].nextSend =
            sends < retransmissions.count ? now + retransmissions[sends].wholeNanoseconds : nil
        entries[index].sends = sends + 1
        entries.schedule(place, at: entries[Int(place.index)].nextMoment)
        return Transmission(
            place: place, destination: entries[index].exchange.destination, payload: entries[index].exchange.payload)
    }

    /// The moment just before the payload was handed to the kernel.
    package mutating func sent(_ place: Place, at moment: Moment) {
        guard entries.isUnderWay(place) else { return }
        let index = Int(place.index)
        if entries[index].firstSend == nil { entries[index].firstSend = moment }
        entries[index].lastSend = moment
    }

    /// The kernel refused the payload: the end, unless an earlier copy got out.
    package mutating func failed(_ place: Place, _ error: SystemError) {
        guard entries.isUnderWay(place) else { return }
        let index = Int(place.index)
        entries[index].sends -= 1
        if entries[index].sends == 0, entries[index].ending == nil { entries[index].ending = .cannotSend(error) }
        // It counts as one of the tries all the same: what refuses forever is not asked forever.
        if !entries[index].exchange.retransmissions.isEmpty { entries[index].exchange.retransmissions.removeFirst() }
        if entries[index].ending != nil { hurry(place) }
    }

    /// The kernel had no room: the payload is to leave later.
    package mutating func postpone(_ place: Place, until moment: Moment) {
        guard entries.isUnderWay(place) else { return }
        entries[Int(place.index)].sends -= 1
        entries[Int(place.index)].nextSend = moment
        entries.schedule(place, at: entries[Int(place.index)].nextMoment)
    }

    /// Ends an exchange with what it has, `ending` where nothing else ended it; nil when it is over already.
    package mutating func finish(_ place: Place, _ ending: UDPResult.Ending) -> (Ticket, UDPResult)? {
        guard entries.isUnderWay(place), let ticket = entries[Int(place.index)].ticket else { return nil }
        let index = Int(place.index)
        let destination = entries[index].exchange.destination
        let (own, stray) = (entries[index].strays, strays.isEmpty ? nil : strays.removeValue(forKey: destination))
        let result = UDPResult(
            entries[index].ending ?? ending, sends: entries[index].sends, provisional: entries[index].provisional,
            late: own.late + (stray?.late ?? 0), duplicates: own.duplicates + (stray?.duplicates ?? 0),
            foreign: own.foreign + (stray?.foreign ?? 0), unreadable: own.unreadable + (stray?.unreadable ?? 0),
            faults: entries[index].faults)
        unlink(destination: destination, place.index)
        entries[index].ticket = nil
        entries[index].exchange.payload = []
        entries[index].faults = []
        entries[index].ending = nil
        entries.leave(place)
        return (ticket, result)
    }

    /// All that are under way.
    package var places: [Place] { entries.places }

    /// It is to be looked at as soon as can be.
    mutating func hurry(_ place: Place) { urgent.append(place) }
}
