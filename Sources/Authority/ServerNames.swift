package import Keys

/// The names and addresses under which agents and browsers reach the collector, in one canonical order and form.
package struct ServerNames: Hashable, Sendable {
    /// Lower case, sorted, each once.
    package let dnsNames: [String]
    /// In their canonical text form, sorted, each once.
    package let addresses: [String]

    /// Sorts a list of host names and IP addresses into the two kinds; an address may stand in brackets.
    package init(_ hosts: [String]) {
        var names: Set<String> = []
        var addresses: Set<String> = []
        for host in hosts {
            let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
            if let text = AlternativeNames.addressBytes(bare).flatMap(AlternativeNames.addressText) {
                addresses.insert(text)
            } else {
                names.insert(host.lowercased())
            }
        }
        dnsNames = names.sorted()
        self.addresses = addresses.sorted()
    }

    /// Those a certificate holds.
    package init(of certificate: Certificate) {
        self.init(certificate.names.dnsNames + certificate.names.addresses)
    }

    var alternativeNames: AlternativeNames {
        AlternativeNames(dnsNames: dnsNames, addresses: addresses)
    }
}
