extension UDPLedger {
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

    /// Takes a datagram that was read at `now`, `age` nanoseconds after the kernel got it; false when nobody ever asked
    /// for it.
    package mutating func receive(
        _ bytes: [UInt8], _ mark: UDPMark, from source: SocketAddress, at now: Moment, age: Int64
    ) -> Bool {
        let places = placesWith(key: mark.key, of: source)
        if let index = places.open {
            return take(bytes, mark, from: source, at: now, age: age, by: Int(index))
        }
        if let index = places.past {
            let wasAnswered = entries[Int(index)].wasAnswered
            entries[Int(index)].wasAnswered = true
            note(source) { strays in
                if wasAnswered { strays.duplicates += 1 } else { strays.late += 1 }
            }
            return true
        }
        guard let index = places.elsewhere else { return false }
        entries[Int(index)].strays.foreign += 1
        return true
    }

    /// False when nothing has left yet that it could answer.
    private mutating func take(
        _ bytes: [UInt8], _ mark: UDPMark, from source: SocketAddress, at now: Moment, age: Int64, by index: Int
    ) -> Bool {
        guard let first = entries[index].firstSend, let last = entries[index].lastSend else { return false }
        guard entries[index].ending == nil else {
            if mark.isFinal, entries[index].wasAnswered { entries[index].strays.duplicates += 1 }
            return true
        }
        let elapsed = now - first
        // A kernel stamp from before the payload left comes of a wall clock that was set just then.
        let kernel = age > 0 && age <= elapsed ? age : 0
        guard now - entries[index].deadline <= kernel else {
            entries[index].strays.late += 1
            return true
        }
        guard mark.isFinal else {
            entries[index].provisional += 1
            return true
        }
        let roundTrip = entries[index].sends == 1 ? Duration.nanoseconds(now - last - kernel) : nil
        entries[index].ending = .answered(
            UDPAnswer(bytes: bytes, source: source, elapsed: .nanoseconds(elapsed - kernel), roundTrip: roundTrip))
        entries[index].wasAnswered = true
        hurry(entries.place(at: index))
        return true
    }

    /// Takes word that a datagram came in which the reader found nothing; false when its sender is not being asked.
    package mutating func receiveUnreadable(from source: SocketAddress) -> Bool {
        guard let index = firstOfDestination[source] else { return false }
        entries[Int(index)].strays.unreadable += 1
        return true
    }

    package mutating func receive(_ complaint: Complaint) {
        let fault = complaint.fault
        var following = firstOfDestination[complaint.destination]
        while let current = following {
            let index = Int(current)
            following = entries[index].nextOfDestination
            guard entries[index].firstSend != nil, entries[index].ending == nil else { continue }
            // What quotes another payload is about an exchange that is over.
            guard entries[index].exchange.payload.starts(with: complaint.quoted) else { continue }
            entries[index].faults.append(fault)
            // A closed port stays closed for the moment; a router's word may change before the next try.
            let isFinal = fault.kind == .portUnreachable || fault.kind == .protocolUnreachable
            if isFinal || (entries[index].nextSend == nil && fault.kind != .packetTooBig) {
                entries[index].ending = .refused(fault)
                hurry(entries.place(at: index))
            }
        }
    }

    private mutating func note(_ destination: SocketAddress, _ change: (inout Strays) -> Void) {
        if let index = firstOfDestination[destination] {
            change(&entries[Int(index)].strays)
        } else if strays[destination] != nil || strays.count < 8192 {
            // Bounded: a network that answers late to everything must not fill the memory.
            change(&strays[destination, default: Strays()])
        }
    }
}
