extension PingLedger {
    /// What came beside a message.
    package struct Arrival: Sendable {
        /// When it was read.
        package var read: Moment
        /// When the kernel got it, as far as it says.
        package var stamped: Moment?
        /// It bears the identifier of the socket it came by.
        package var isAddressed: Bool
        package var codePoint: UInt8?

        package init(read: Moment, stamped: Moment? = nil, isAddressed: Bool = true, codePoint: UInt8? = nil) {
            self.read = read
            self.stamped = stamped
            self.isAddressed = isAddressed
            self.codePoint = codePoint
        }

        /// When it came, for a packet that left then: a stamp from before that comes of a wall clock that was set just
        /// now, and so does one that lies ahead.
        func moment(ofPacketSent sent: Moment) -> Moment {
            guard let stamped, stamped >= sent, stamped <= read else { return read }
            return stamped
        }
    }

    /// Takes what was received.
    package mutating func receive(_ message: ICMPMessage, from source: SocketAddress, _ arrival: Arrival) {
        switch message {
        case .echoReply(let echo):
            guard let mark = echo.mark, mark.nonce == nonce else {
                // Other programs on this machine ping too: theirs bear their own identifier.
                let place = recentPlace(of: echo.sequence)
                if arrival.isAddressed, bursts.isUnderWay(place),
                    bursts[Int(place.index)].order.address.isSameHost(as: source)
                {
                    bursts[Int(place.index)].strays.foreign += 1
                }
                return
            }
            answer(mark.number, from: source, arrival)
        case .error(let kind, let type, let code, let largest, let destination, let echo):
            guard let (place, packet) = placeAndPacket(of: echo, to: destination, isAddressed: arrival.isAddressed)
            else { return }
            let index = Int(place.index)
            let sent = bursts[index].packets[packet].sent
            bursts[index].errors.append(
                ICMPFault(
                    kind: kind, type: type, code: code, reporter: source,
                    largest: largest > 0 ? Int(largest) : nil,
                    elapsed: .nanoseconds(max(0, arrival.moment(ofPacketSent: sent) - sent))))
            guard case .sent = bursts[index].packets[packet].fate else { return }
            bursts[index].packets[packet].fate = .faulted
            bursts[index].open -= 1
            if bursts[index].isComplete { complete(place) }
        }
    }

    private mutating func answer(_ number: UInt64, from source: SocketAddress, _ arrival: Arrival) {
        let (place, packet) = Self.placeAndPacket(of: number)
        let index = Int(place.index)
        guard index < bursts.count, bursts[index].generation == place.generation,
            packet < bursts[index].order.count
        else { return }
        guard !bursts[index].isOver else {
            remember(packet, of: place, from: source)
            return
        }
        guard bursts[index].order.address.isSameHost(as: source) else {
            bursts[index].strays.foreign += 1
            return
        }
        switch bursts[index].packets[packet].fate {
        case .answered:
            bursts[index].strays.duplicates += 1
        case .faulted:
            // An error came first, from somebody else; the target's own word is the better one, but its ping may have
            // ended without it.
            bursts[index].strays.late += 1
        case .unsent, .refused:
            // Nobody can answer what never left.
            bursts[index].strays.foreign += 1
        case .sent:
            let sent = bursts[index].packets[packet].sent
            let came = arrival.moment(ofPacketSent: sent)
            guard came <= bursts[index].order.deadline else {
                bursts[index].strays.late += 1
                return
            }
            bursts[index].packets[packet].fate = .answered
            bursts[index].packets[packet].roundTrip = max(0, came - sent)
            bursts[index].answered |= 1 << UInt64(packet & 63)
            if packet < bursts[index].highestAnswered {
                bursts[index].reordered += 1
            } else {
                bursts[index].highestAnswered = packet
            }
            if let point = arrival.codePoint { bursts[index].codePoints |= 1 << UInt64(point & 63) }
            bursts[index].open -= 1
            if bursts[index].isComplete { complete(place) }
        }
    }

    /// A reply to a ping that is over counts for the next one of its address.
    private mutating func remember(_ packet: Int, of place: Place, from source: SocketAddress) {
        let index = Int(place.index)
        let address = bursts[index].order.address.withoutPortAndScope
        // Bounded: a network that answers late to everything must not fill the memory.
        guard strays[address] != nil || strays.count < 8192 else { return }
        if !address.isSameHost(as: source) {
            strays[address, default: Strays()].foreign += 1
            return
        }
        let bit: UInt64 = 1 << UInt64(packet & 63)
        if bursts[index].answered & bit != 0 {
            strays[address, default: Strays()].duplicates += 1
        } else {
            strays[address, default: Strays()].late += 1
            bursts[index].answered |= bit
        }
    }

    /// Which packet under way an error is about; routers may quote no more than the header (RFC 792), then it is the
    /// newest of this destination with that sequence.
    private func placeAndPacket(
        of echo: ICMPMessage.Echo, to destination: SocketAddress, isAddressed: Bool
    ) -> (Place, packet: Int)? {
        if let mark = echo.mark {
            let (place, packet) = Self.placeAndPacket(of: mark.number)
            guard mark.nonce == nonce, bursts.isUnderWay(place), packet < bursts[Int(place.index)].packets.count,
                bursts[Int(place.index)].order.address.isSameHost(as: destination)
            else { return nil }
            return (place, packet)
        }
        guard isAddressed else { return nil }
        let place = recentPlace(of: echo.sequence)
        guard bursts.isUnderWay(place), bursts[Int(place.index)].order.address.isSameHost(as: destination),
            let packet = bursts[Int(place.index)].packets.firstIndex(where: {
                if case .unsent = $0.fate { false } else { $0.sequence == echo.sequence }
            })
        else { return nil }
        return (place, packet)
    }
}
