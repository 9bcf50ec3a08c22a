extension Report {
    /// Whether an encoded report says more than samples: states, facts, findings or paths.
    ///
    /// Reads its outline only, which costs nothing beside decoding it. What has none is said to be urgent, so that it
    /// is looked at, and refused, soon.
    package static func isUrgent(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = rest.takeVarint() else { return true }
            switch (tag >> 3, tag & 7) {
            // `states`, `facts`, `findings` and `paths`.
            case (5, 2), (6, 2), (7, 2), (8, 2): return true
            case (_, 0):
                guard rest.takeVarint() != nil else { return true }
            case (_, 2):
                guard let length = rest.takeVarint(), length <= UInt64(rest.count) else { return true }
                rest = rest.dropFirst(Int(length))
            default: return true
            }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func takeVarint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = popFirst() else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
