import Glibc

/// The names of a certificate's holder beside its subject (RFC 5280, section 4.2.1.6).
package struct AlternativeNames: Hashable, Sendable {
    package var uris: [String]
    /// Host names in ASCII, as they stand in the certificate.
    package var dnsNames: [String]
    /// IP addresses in their canonical text form.
    package var addresses: [String]

    package init(uris: [String] = [], dnsNames: [String] = [], addresses: [String] = []) {
        self.uris = uris
        self.dnsNames = dnsNames
        self.addresses = addresses
    }

    package var isEmpty: Bool { uris.isEmpty && dnsNames.isEmpty && addresses.isEmpty }

    /// An IPv4 or IPv6 address as 4 or 16 bytes; nil when the text is neither.
    package static func addressBytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        if inet_pton(AF_INET6, text, &bytes) == 1 { return bytes }
        return nil
    }

    /// The canonical text of 4 or 16 bytes; nil for another count.
    package static func addressText(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard let end = inet_ntop(family, bytes, &text, socklen_t(text.count)) else { return nil }
        return String(cString: end)
    }
}
