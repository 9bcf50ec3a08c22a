package import Vocabulary

/// A certificate that a server showed, as far as libcurl tells of it.
package struct Certificate: Hashable, Sendable {
    /// Names as OpenSSL writes them, e.g. `O = Sở Thông tin, CN = portal.example`.
    package var subject = ""
    package var issuer = ""
    /// Lower-case hexadecimal.
    package var serial = ""
    package var notBefore: Instant?
    package var notAfter: Instant?
    /// The subject alternative names with their kind, e.g. `DNS:portal.example`, `IP Address:192.0.2.7`.
    package var names: [String] = []

    package init() {}

    /// From libcurl's `Key:Value` texts (CURLINFO_CERTINFO); unknown keys are passed over.
    package init(fields: [String]) {
        for field in fields {
            guard let colon = field.firstIndex(of: ":") else { continue }
            let value = String(field[field.index(after: colon)...])
            switch field[..<colon] {
            case "Subject": subject = Self.unescaped(value)
            case "Issuer": issuer = Self.unescaped(value)
            case "Serial Number": serial = value
            case "Start date": notBefore = Instant(certificateDate: value)
            case "Expire date": notAfter = Instant(certificateDate: value)
            case "X509v3 Subject Alternative Name": names = Self.list(value)
            default: break
            }
        }
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// OpenSSL writes each byte beyond ASCII as `\E1`: put together again they are UTF-8.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value >= 0x80
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
