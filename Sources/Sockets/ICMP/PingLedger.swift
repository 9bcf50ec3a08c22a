/// All pings under way, as a value: what to send when, which reply belongs to which packet, and what each ping got.
///
/// It knows no socket and no clock. The engine's thread asks `next` what to do, tells what it did and what came.
package struct PingLedger: Sendable {
    package typealias Moment = ContinuousClock.Instant

    /// A ping as it was asked for.
    package struct Order: Sendable {
        package var id: UInt64
        package var address: SocketAddress
        package var count: Int
        package var spacing: Duration
        package var size: Int
        package var deadline: Moment

        package init(
            id: UInt64, address: SocketAddress, count: Int, spacing: Duration, size: Int, deadline: Moment
        ) {
            self.id = id
            self.address = address
            self.count = count
            self.spacing = spacing
            self.size = size
            self.deadline = deadline
        }
    }

    /// One packet that is due.
    package struct Transmission: Hashable, Sendable {
        package var order: UInt64
        package var number: UInt64
        package var address: SocketAddress
        package var size: Int
    }

    /// What the ledger wants done.
    package enum Action: Hashable, Sendable {
        /// Send it; then say `sent` or `failed` or `postpone`.
        case send(Transmission)
        /// That ping is over.
        case finish(UInt64, PingResult)
    }

    private enum Fate: Sendable {
        case sent(at: Moment)
        case answered(Duration)
        case faulted
    }

    private struct Packet: Sendable {
        var number: UInt64
        var fate: Fate
    }

    private struct Burst: Sendable {
        var order: Order
        var unsent: Int
        var nextSend: Moment
        var packets: [Packet] = []
        var strays = Strays()
        var errors: [ICMPFault] = []
        var refusal: SystemError?

        var isComplete: Bool {
            unsent == 0
                && packets.allSatisfy { packet in
                    if case .sent = packet.fate { false } else { true }
                }
        }

        var nextMoment: Moment {
            unsent > 0 ? min(nextSend, order.deadline) : order.deadline
        }
    }

    /// What came for an address and is no answer.
    private struct Strays: Sendable {
        var late = 0
        var duplicates = 0
        var foreign = 0
    }

    /// A packet whose ping is over.
    private struct Past: Sendable {
        var address: SocketAddress
        var wasAnswered: Bool
    }

    private let nonce: UInt64
    private var nextNumber: UInt64
    private var bursts: [UInt64: Burst] = [:]
    private var moments = DeadlineHeap<UInt64>()
    private var ordersByNumber: [UInt64: UInt64] = [:]
    private var ordersByAddress: [SocketAddress: [UInt64]] = [:]
    /// The last packets whose ping is over, to know a late or second reply when it comes.
    private var past: [UInt64: Past] = [:]
    private var pastNumbers: [UInt64] = []
    private var oldestPast = 0
    private let pastLimit: Int
    /// For the next ping of that address.
    private var strays: [SocketAddress: Strays] = [:]

    package init(nonce: UInt64, firstNumber: UInt64, remembering pastLimit: Int = 8192) {
        self.nonce = nonce
        self.nextNumber = firstNumber
        self.pastLimit = max(1, pastLimit)
    }

    /// When `next` has something to do again.
    package var nextMoment: Moment? { moments.earliest }

    /// Begins a ping: its first packet is due at once.
    package mutating func start(_ order: Order, at now: Moment) {
        let burst = Burst(order: order, unsent: max(0, order.count), nextSend: now)
        bursts[order.id] = burst
        ordersByAddress[order.address.withoutPortAndScope, default: []].append(order.id)
        moments.set(order.id, at: burst.unsent == 0 ? now : burst.nextMoment)
    }

    /// The next thing to do, nil when nothing is due. Call it until then.
    package mutating func next(at now: Moment) -> Action? {
        guard let id = moments.popDue(at: now), var burst = bursts[id] else { return nil }
        guard !burst.isComplete, now < burst.order.deadline else { return finish(id).map { .finish(id, $0) } }
        let number = nextNumber
        nextNumber &+= 1
        burst.unsent -= 1
        burst.nextSend = burst.nextSend + burst.order.spacing
        burst.packets.append(Packet(number: number, fate: .sent(at: now)))
        bursts[id] = burst
        ordersByNumber[number] = id
        moments.set(id, at: burst.nextMoment)
        return .send(
            Transmission(order: id, number: number, address: burst.order.address, size: burst.order.size))
    }

    /// The moment just before the packet was handed to the kernel.
    package mutating func sent(_ transmission: Transmission, at moment: Moment) {
        guard let place = place(of: transmission.number) else { return }
        bursts[place.order]?.packets[place.index].fate = .sent(at: moment)
    }

    /// The kernel refused the packet.
    package mutating func failed(_ transmission: Transmission, _ error: SystemError, at now: Moment) {
        withdraw(transmission)
        guard var burst = bursts[transmission.order] else { return }
        if burst.refusal == nil { burst.refusal = error }
        bursts[transmission.order] = burst
        if burst.isComplete { moments.set(transmission.order, at: now) }
    }

    /// The kernel had no room: the packet is to be sent again, under a new number.
    package mutating func postpone(_ transmission: Transmission, until moment: Moment) {
        withdraw(transmission)
        guard var burst = bursts[transmission.order] else { return }
        burst.unsent += 1
        burst.nextSend = moment
        bursts[transmission.order] = burst
        moments.set(transmission.order, at: burst.nextMoment)
    }

    /// Ends a ping early; what it got so far, nil when it is over.
    package mutating func finish(_ id: UInt64) -> PingResult? {
        guard let burst = bursts.removeValue(forKey: id) else { return nil }
        moments.remove(id)
        let address = burst.order.address.withoutPortAndScope
        var orders = ordersByAddress.removeValue(forKey: address) ?? []
        orders.removeAll { $0 == id }
        if !orders.isEmpty { ordersByAddress[address] = orders }
        let stray = strays.removeValue(forKey: address) ?? Strays()
        var result = PingResult(
            sent: burst.packets.count, late: burst.strays.late + stray.late,
            duplicates: burst.strays.duplicates + stray.duplicates, foreign: burst.strays.foreign + stray.foreign,
            errors: burst.errors, refusal: burst.refusal)
        for packet in burst.packets {
            ordersByNumber[packet.number] = nil
            if case .answered(let time) = packet.fate {
                result.roundTrips.append(time)
                remember(packet.number, Past(address: address, wasAnswered: true))
            } else {
                result.roundTrips.append(nil)
                remember(packet.number, Past(address: address, wasAnswered: false))
            }
        }
        return result
    }

    /// Takes what was received at `now`, `age` after the kernel got it. `isAddressed`: it bears the identifier of the
    /// socket it came by.
    package mutating func receive(
        _ message: ICMPMessage, from source: SocketAddress, isAddressed: Bool, at now: Moment, age: Duration
    ) {
        switch message {
        case .echoReply(let echo):
            let source = source.withoutPortAndScope
            guard let mark = EchoRequest.mark(in: echo.payload), mark.nonce == nonce else {
                // Other programs on this machine ping too: theirs bear their own identifier.
                if isAddressed, let id = ordersByAddress[source]?.first { bursts[id]?.strays.foreign += 1 }
                return
            }
            answer(mark.number, from: source, at: now, age: age)
        case .error(let kind, let type, let code, let destination, let echo):
            let fault = ICMPFault(kind: kind, type: type, code: code, reporter: source)
            guard let number = number(of: echo, to: destination.withoutPortAndScope, isAddressed: isAddressed),
                let place = place(of: number), var burst = bursts[place.order]
            else { return }
            burst.errors.append(fault)
            if case .sent = burst.packets[place.index].fate { burst.packets[place.index].fate = .faulted }
            bursts[place.order] = burst
            if burst.isComplete { moments.set(place.order, at: now) }
        }
    }

    private mutating func answer(_ number: UInt64, from source: SocketAddress, at now: Moment, age: Duration) {
        guard let place = place(of: number), var burst = bursts[place.order] else {
            guard let packet = past[number] else { return }
            note(packet.address) { strays in
                if packet.address != source {
                    strays.foreign += 1
                } else if packet.wasAnswered {
                    strays.duplicates += 1
                } else {
                    strays.late += 1
                }
            }
            if packet.address == source { past[number]?.wasAnswered = true }
            return
        }
        defer {
            bursts[place.order] = burst
            if burst.isComplete { moments.set(place.order, at: now) }
        }
        guard burst.order.address.withoutPortAndScope == source else {
            burst.strays.foreign += 1
            return
        }
        switch burst.packets[place.index].fate {
        case .answered:
            burst.strays.duplicates += 1
        case .faulted:
            // An error came first, from somebody else; the target's own word is the better one. When the packet left
            // is forgotten, so its time is.
            burst.strays.late += 1
        case .sent(let moment):
            let elapsed = moment.duration(to: now)
            // A kernel stamp from before the packet left comes of a wall clock that was set just then.
            let kernel = age > .zero && age <= elapsed ? age : .zero
            if now - kernel > burst.order.deadline {
                burst.strays.late += 1
            } else {
                burst.packets[place.index].fate = .answered(elapsed - kernel)
            }
        }
    }

    /// Which packet an error is about; routers may quote no more than the header (RFC 792), then it is the newest of
    /// this destination with that sequence.
    private func number(of echo: ICMPMessage.Echo, to destination: SocketAddress, isAddressed: Bool) -> UInt64? {
        if let mark = EchoRequest.mark(in: echo.payload) {
            guard mark.nonce == nonce, let order = ordersByNumber[mark.number],
                bursts[order]?.order.address.withoutPortAndScope == destination
            else { return nil }
            return mark.number
        }
        guard isAddressed else { return nil }
        for id in ordersByAddress[destination] ?? [] {
            guard let packets = bursts[id]?.packets else { continue }
            if let packet = packets.last(where: { EchoRequest.sequence(of: $0.number) == echo.sequence }) {
                return packet.number
            }
        }
        return nil
    }

    private func place(of number: UInt64) -> (order: UInt64, index: Int)? {
        guard let order = ordersByNumber[number],
            let index = bursts[order]?.packets.firstIndex(where: { $0.number == number })
        else { return nil }
        return (order, index)
    }

    private mutating func withdraw(_ transmission: Transmission) {
        ordersByNumber[transmission.number] = nil
        bursts[transmission.order]?.packets.removeAll { $0.number == transmission.number }
    }

    private mutating func note(_ address: SocketAddress, _ change: (inout Strays) -> Void) {
        if let id = ordersByAddress[address]?.first, var burst = bursts[id] {
            change(&burst.strays)
            bursts[id] = burst
        } else if strays[address] != nil || strays.count < pastLimit {
            change(&strays[address, default: Strays()])
        }
    }

    private mutating func remember(_ number: UInt64, _ packet: Past) {
        past[number] = packet
        if pastNumbers.count < pastLimit {
            pastNumbers.append(number)
        } else {
            past[pastNumbers[oldestPast]] = nil
            pastNumbers[oldestPast] = number
            oldestPast = (oldestPast + 1) % pastLimit
        }
    }
}
