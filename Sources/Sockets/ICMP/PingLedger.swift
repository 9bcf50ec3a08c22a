/// All pings under way, as a value: what to send when, which reply belongs to which packet, and what each ping got.
///
/// It knows no socket and no clock. The engine's thread asks `next` what to do, tells what it did and what came.
/// A ping has a place in a table, and the number in each of its packets leads there without a search, also for a while
/// after it is over, so that a late or second reply is known for one.
/// `Ticket` is whatever the owner knows a ping by.
package struct PingLedger<Ticket: Sendable>: Sendable {
    package typealias Place = TablePlace

    /// One packet that is due.
    package struct Transmission: Sendable {
        package var mark: EchoMark
        package var sequence: UInt16
        package var address: SocketAddress
        package var manner: EchoManner
        var place: Place
        var packet: Int
    }

    /// What the ledger wants done.
    package enum Action: Sendable {
        /// Send it; then say `sent` or `failed` or `postpone`.
        case send(Transmission)
        /// That ping is over.
        case finish(Ticket, PingResult)
    }

    struct Packet: Sendable {
        enum Fate: Sendable {
            case unsent
            case sent
            case answered
            case faulted
            case refused
        }

        var fate = Fate.unsent
        var sequence: UInt16 = 0
        var sent = Moment(nanoseconds: 0)
        /// Nanoseconds, of an answered one.
        var roundTrip: Int64 = 0
    }

    /// What came for an address and is no answer.
    struct Strays: Sendable {
        var late = 0
        var duplicates = 0
        var foreign = 0
    }

    /// A ping, or the memory of one.
    struct Burst: TableEntry {
        var generation: UInt32 = 0
        var order: PingOrder
        /// Nil when it is over.
        var ticket: Ticket?
        /// Empty when it is over.
        var packets: [Packet] = []
        /// The next packet to send.
        var next = 0
        var nextSend: Moment
        var due: Moment?
        /// Sent ones without an answer or an error.
        var open = 0
        /// The highest packet that was answered.
        var highestAnswered = -1
        /// Which packets were answered, bit by bit; outlives the packets.
        var answered: UInt64 = 0
        var strays = Strays()
        var reordered = 0
        var codePoints: UInt64 = 0
        var errors: [ICMPFault] = []
        var refusal: SystemError?

        var isOver: Bool { ticket == nil }
        var isComplete: Bool { open == 0 && next >= order.count }
        var nextMoment: Moment { next < order.count ? min(nextSend, order.deadline) : order.deadline }
    }

    let nonce: UInt64
    var bursts: PlaceTable<Burst>
    /// Places of bursts that got their last answer and await `next`.
    private var completed: [Place] = []
    private var nextSequence: UInt16
    /// The places of the last packets by the end of their sequence, for errors that quote no more than a header.
    private var recent: [Place]
    /// For the next ping of that address.
    var strays: [SocketAddress: Strays] = [:]

    package init(nonce: UInt64, firstSequence: UInt16, remembering remembered: Int = 1024) {
        self.nonce = nonce
        self.nextSequence = firstSequence
        bursts = PlaceTable(remembering: remembered)
        recent = Array(repeating: Place(index: .max, generation: 0), count: 4096)
    }

    /// When `next` has something to do again; in the past when it has something to do now.
    package var nextMoment: Moment? {
        completed.isEmpty ? bursts.nextMoment : Moment(nanoseconds: .min)
    }

    /// Begins a ping: its first packet is due at once.
    package mutating func start(_ order: PingOrder, _ ticket: Ticket, at now: Moment) -> Place {
        var burst = Burst(order: order, nextSend: now)
        burst.ticket = ticket
        burst.packets = Array(repeating: Packet(), count: order.count)
        let place = bursts.put(burst, at: bursts.vacancy())
        if order.count == 0 { completed.append(place) } else { bursts.schedule(place, at: now) }
        return place
    }

    /// The next thing to do, nil when nothing is due. Call it until then.
    package mutating func next(at now: Moment) -> Action? {
        while let place = completed.popLast() {
            guard bursts.isUnderWay(place), bursts[Int(place.index)].isComplete else { continue }
            if let (ticket, result) = finish(place) { return .finish(ticket, result) }
        }
        while let place = bursts.popDue(at: now) {
            if bursts[Int(place.index)].isComplete || now >= bursts[Int(place.index)].order.deadline {
                if let (ticket, result) = finish(place) { return .finish(ticket, result) }
                continue
            }
            return .send(take(place, at: now))
        }
        return nil
    }

    private mutating func take(_ place: Place, at now: Moment) -> Transmission {
        let sequence = nextSequence
        nextSequence &+= 1
        recent[Int(sequence) & 4095] = place
        let index = Int(place.index)
        let packet = bursts[index].next
        bursts[index].next += 1
        bursts[index].open += 1
        bursts[index].nextSend = bursts[index].nextSend + bursts[index].order.spacing
        bursts[index].packets[packet] = Packet(fate: .sent, sequence: sequence, sent: now)
        bursts.schedule(place, at: bursts[index].nextMoment)
        let order = bursts[index].order
        return Transmission(
            mark: EchoMark(nonce: nonce, number: Self.number(of: packet, at: place)), sequence: sequence,
            address: order.address, manner: order.manner, place: place, packet: packet)
    }

    /// The moment just before the packet was handed to the kernel.
    package mutating func sent(_ transmission: Transmission, at moment: Moment) {
        guard bursts.isUnderWay(transmission.place) else { return }
        bursts[Int(transmission.place.index)].packets[transmission.packet].sent = moment
    }

    /// The kernel refused the packet.
    package mutating func failed(_ transmission: Transmission, _ error: SystemError) {
        guard bursts.isUnderWay(transmission.place) else { return }
        let index = Int(transmission.place.index)
        bursts[index].packets[transmission.packet].fate = .refused
        bursts[index].open -= 1
        if bursts[index].refusal == nil { bursts[index].refusal = error }
        if bursts[index].isComplete { completed.append(transmission.place) }
    }

    /// The kernel had no room: the packet is to be sent again. Of several from one burst say the last one first.
    package mutating func postpone(_ transmission: Transmission, until moment: Moment) {
        guard bursts.isUnderWay(transmission.place) else { return }
        let index = Int(transmission.place.index)
        bursts[index].packets[transmission.packet].fate = .unsent
        bursts[index].open -= 1
        bursts[index].next = min(bursts[index].next, transmission.packet)
        bursts[index].nextSend = moment
        bursts.schedule(transmission.place, at: bursts[index].nextMoment)
    }

    /// Ends a ping, early when need be, with what it got so far; nil when it is over.
    package mutating func finish(_ place: Place) -> (Ticket, PingResult)? {
        guard bursts.isUnderWay(place), let ticket = bursts[Int(place.index)].ticket else { return nil }
        let index = Int(place.index)
        // Not one copy of the whole: this is done for every ping.
        let packets = bursts[index].packets
        let address = bursts[index].order.address.withoutPortAndScope
        let (own, stray) = (bursts[index].strays, strays.isEmpty ? nil : strays.removeValue(forKey: address))
        var result = PingResult(
            late: own.late + (stray?.late ?? 0), duplicates: own.duplicates + (stray?.duplicates ?? 0),
            foreign: own.foreign + (stray?.foreign ?? 0), reordered: bursts[index].reordered,
            errors: bursts[index].errors, refusal: bursts[index].refusal)
        result.roundTrips.reserveCapacity(packets.count)
        for packet in packets {
            switch packet.fate {
            case .unsent, .refused: continue
            case .answered: result.roundTrips.append(.nanoseconds(packet.roundTrip))
            case .sent, .faulted: result.roundTrips.append(nil)
            }
        }
        result.sent = result.roundTrips.count
        let codePoints = bursts[index].codePoints
        if codePoints != 0 {
            for point in UInt8(0)..<64 where codePoints >> UInt64(point) & 1 == 1 { result.codePoints.insert(point) }
        }
        bursts[index].ticket = nil
        bursts[index].packets = []
        bursts[index].errors = []
        bursts.leave(place)
        return (ticket, result)
    }

    /// All that are under way.
    package var places: [Place] { bursts.places }

    /// A burst has got its last answer.
    mutating func complete(_ place: Place) { completed.append(place) }

    /// Where the packet with that sequence was last sent from, as far as that is still known.
    func recentPlace(of sequence: UInt16) -> Place { recent[Int(sequence) & 4095] }

    /// The number that a packet carries: 32 bits of place, 24 of its generation, 8 of the packet.
    static func number(of packet: Int, at place: Place) -> UInt64 {
        UInt64(place.index) << 32 | UInt64(place.generation) << 8 | UInt64(packet & 255)
    }

    static func placeAndPacket(of number: UInt64) -> (Place, packet: Int) {
        let place = Place(
            index: UInt32(truncatingIfNeeded: number >> 32),
            generation: UInt32(truncatingIfNeeded: number >> 8) & 0xff_ffff)
        return (place, Int(number & 255))
    }
}
