internal import ProcFS

/// The way out of this network, from the kernel's route tables.
package enum RouteTable {
    /// The gateway of the default route with the lowest metric in `/proc/net/route`.
    package static func gateway4(_ text: String) -> String? {
        var best: (metric: UInt32, gateway: String)?
        for line in text.lines.dropFirst() {
            let fields = line.fields
            guard fields.count >= 8, fields[1] == "00000000", fields[7] == "00000000",
                let flags = UInt32(fields[3], radix: 16), flags & 0x3 == 0x3, let metric = UInt32(fields[6]),
                let bytes = AddressText.bytes(hexadecimal: fields[2]), let text = AddressText.of(bytes.reversed())
            else { continue }
            if best.map({ metric < $0.metric }) ?? true { best = (metric, text) }
        }
        return best?.gateway
    }

    /// The same of `/proc/net/ipv6_route`; a link-local gateway is written with its interface, `fe80::1%eth0`.
    package static func gateway6(_ text: String) -> String? {
        var best: (metric: UInt32, gateway: String)?
        for line in text.lines {
            let fields = line.fields
            guard fields.count >= 10, fields[0].allSatisfy({ $0 == "0" }), fields[1] == "00",
                let flags = UInt32(fields[8], radix: 16), flags & 0x3 == 0x3, let metric = UInt32(fields[5], radix: 16),
                let bytes = AddressText.bytes(hexadecimal: fields[4]), let text = AddressText.of(bytes)
            else { continue }
            if best.map({ metric < $0.metric }) ?? true {
                best = (metric, bytes.starts(with: [0xfe, 0x80]) ? "\(text)%\(fields[9])" : text)
            }
        }
        return best?.gateway
    }
}
