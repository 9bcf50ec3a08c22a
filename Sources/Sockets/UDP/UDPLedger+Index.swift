/// How an exchange is found by its key and by its destination: chains through the entries, of which most have one link.
extension UDPLedger {
    /// Those with a key: under way with that destination, over with it, and under way with another.
    func placesWith(
        key: UInt64, of destination: SocketAddress
    ) -> (open: UInt32?, past: UInt32?, elsewhere: UInt32?) {
        var found: (open: UInt32?, past: UInt32?, elsewhere: UInt32?) = (nil, nil, nil)
        var following = firstOfKey[key]
        while let current = following {
            let index = Int(current)
            let isOpen = !entries[index].isOver
            if entries[index].exchange.destination == destination {
                if isOpen {
                    found.open = current
                    return found
                }
                if found.past == nil { found.past = current }
            } else if isOpen, found.elsewhere == nil {
                found.elsewhere = current
            }
            following = entries[index].nextOfKey
        }
        return found
    }

    mutating func link(key: UInt64, _ index: UInt32) {
        entries[Int(index)].nextOfKey = firstOfKey.updateValue(index, forKey: key)
    }

    /// Harmless when it is not linked.
    mutating func unlink(key: UInt64, _ index: UInt32) {
        let next = entries[Int(index)].nextOfKey
        var following = firstOfKey[key]
        if following == index {
            firstOfKey[key] = next
            return
        }
        while let current = following {
            following = entries[Int(current)].nextOfKey
            if following == index {
                entries[Int(current)].nextOfKey = next
                return
            }
        }
    }

    mutating func link(destination: SocketAddress, _ index: UInt32) {
        let next = firstOfDestination.updateValue(index, forKey: destination)
        entries[Int(index)].nextOfDestination = next
        if let next { entries[Int(next)].previousOfDestination = index }
    }

    mutating func unlink(destination: SocketAddress, _ index: UInt32) {
        let (previous, next) = (entries[Int(index)].previousOfDestination, entries[Int(index)].nextOfDestination)
        if let previous {
            entries[Int(previous)].nextOfDestination = next
        } else {
            firstOfDestination[destination] = next
        }
        if let next { entries[Int(next)].previousOfDestination = previous }
    }
}
