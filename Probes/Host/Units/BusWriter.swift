/// Puts values into the bytes of a D-Bus message, little-endian and aligned as the specification demands.
package struct BusWriter {
    package var bytes: [UInt8] = []

    package init() {}

    package mutating func align(to size: Int) {
        while bytes.count % size != 0 { bytes.append(0) }
    }

    package mutating func integer(_ value: UInt32) {
        align(to: 4)
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    package mutating func string(_ text: String) {
        integer(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes += text.utf8
        bytes.append(0)
    }

    package mutating func signature(_ text: String) {
        bytes.append(UInt8(truncatingIfNeeded: text.utf8.count))
        bytes += text.utf8
        bytes.append(0)
    }

    package mutating func list(_ texts: [String]) {
        var elements = BusWriter()
        for text in texts { elements.string(text) }
        integer(UInt32(truncatingIfNeeded: elements.bytes.count))
        bytes += elements.bytes
    }

    /// A header field that is a string (`s`) or an object path (`o`).
    package mutating func field(_ code: UInt8, type: String, _ text: String) {
        align(to: 8)
        bytes.append(code)
        signature(type)
        string(text)
    }

    /// The header field that names the types in the body.
    package mutating func signatureField(_ text: String) {
        align(to: 8)
        bytes.append(8)
        signature("g")
        signature(text)
    }
}
