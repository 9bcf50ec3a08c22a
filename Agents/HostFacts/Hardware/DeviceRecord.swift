internal import ProcFS

/// What udev noted of a block device (`/run/udev/data/b<major>:<minor>`).
package struct DeviceRecord: Hashable, Sendable {
    package var serial: String?
    package var model: String?

    package init(parsing text: String) {
        for line in text.lines where line.hasPrefix("E:") {
            guard let (key, value) = line.dropFirst(2).halves(at: "="), !value.isEmpty else { continue }
            switch key {
            case "ID_SERIAL_SHORT": serial = String(value)
            case "ID_MODEL": model = String(value)
            default: continue
            }
        }
    }

    /// The serial number in a SCSI unit serial number page (SPC-5, 7.7.18): four bytes of heading, then text.
    package static func serial(inPage80 bytes: [UInt8]) -> String? {
        guard bytes.count > 4, bytes[1] == 0x80 else { return nil }
        let length = Int(bytes[2]) << 8 | Int(bytes[3])
        let text = String(decoding: bytes.dropFirst(4).prefix(length), as: UTF8.self).trimmed
        return text.isEmpty ? nil : text
    }
}
