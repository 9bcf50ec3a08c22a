/// One message of an rtnetlink answer (netlink(7)), in the byte order of the machine that sent it.
package struct NetlinkMessage: Hashable, Sendable {
    package var type: UInt16
    package var payload: ArraySlice<UInt8>

    package init(type: UInt16, payload: ArraySlice<UInt8>) {
        self.type = type
        self.payload = payload
    }

    /// The list is over, or the kernel refused it.
    package var isEnd: Bool { type == 3 || type == 2 }

    /// Messages one after the other, each padded to four bytes; stops at the first that is broken.
    package static func split(_ bytes: ArraySlice<UInt8>) -> [NetlinkMessage] {
        var messages: [NetlinkMessage] = []
        var rest = bytes
        while let length = rest.number(at: 0, as: UInt32.self), length >= 16, length <= rest.count,
            let type = rest.number(at: 4, as: UInt16.self)
        {
            messages.append(NetlinkMessage(type: type, payload: rest.prefix(Int(length)).dropFirst(16)))
            rest = rest.dropFirst((Int(length) + 3) & ~3)
        }
        return messages
    }

    /// Attributes by type, the flags in the type's upper two bits left out; stops at the first that is broken.
    package static func attributes(_ bytes: ArraySlice<UInt8>) -> [UInt16: ArraySlice<UInt8>] {
        var attributes: [UInt16: ArraySlice<UInt8>] = [:]
        var rest = bytes
        while let length = rest.number(at: 0, as: UInt16.self), length >= 4, length <= rest.count,
            let type = rest.number(at: 2, as: UInt16.self)
        {
            attributes[type & 0x3fff] = rest.prefix(Int(length)).dropFirst(4)
            rest = rest.dropFirst((Int(length) + 3) & ~3)
        }
        return attributes
    }
}

extension ArraySlice<UInt8> {
    /// A number in this machine's byte order, `offset` bytes in; nil when the bytes end before.
    func number<Number: FixedWidthInteger>(at offset: Int, as: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard count >= offset + size else { return nil }
        return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    }

    /// Text up to the NUL that ends it.
    var text: String { String(decoding: prefix { $0 != 0 }, as: UTF8.self) }
}
