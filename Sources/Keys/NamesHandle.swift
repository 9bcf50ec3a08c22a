internal import COpenSSL

/// Owns libcrypto's list of alternative names.
struct NamesHandle: ~Copyable {
    private let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { haidang_free_names(pointer) }

    /// Writes names; refuses what could be read as something else, e.g. a zero byte inside a name.
    init(_ names: AlternativeNames) throws(KeysError) {
        let handle = try NamesHandle(owning: attempt("make names", haidang_new_names()))
        for uri in names.uris {
            guard uri.contains(":"), isVisibleASCII(uri.utf8) else { throw KeysError("use name", "\(uri) is no URI") }
            try handle.add(GEN_URI, Array(uri.utf8))
        }
        for name in names.dnsNames {
            guard isHostName(name) else { throw KeysError("use name", "\(name) is no host name in ASCII") }
            try handle.add(GEN_DNS, Array(name.utf8))
        }
        for address in names.addresses {
            guard let bytes = AlternativeNames.addressBytes(address) else {
                throw KeysError("use name", "\(address) is no IP address")
            }
            try handle.add(GEN_IPADD, bytes)
        }
        self = handle
    }

    private func add(_ kind: Int32, _ bytes: [UInt8]) throws(KeysError) {
        try attempt("make names", haidang_add_name(pointer, kind, bytes, Int32(bytes.count)))
    }

    func add(toCertificate certificate: OpaquePointer) throws(KeysError) {
        try attempt("add alternative names", haidang_add_names(certificate, pointer))
    }

    /// Reads names; kinds we have no use for are passed over.
    func names() throws(KeysError) -> AlternativeNames {
        var names = AlternativeNames()
        for index in 0..<max(0, haidang_count_names(pointer)) {
            var start: UnsafePointer<UInt8>?
            var count: Int32 = 0
            let kind = haidang_name(pointer, index, &start, &count)
            let bytes = Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(count)))
            switch kind {
            case GEN_URI: names.uris.append(try text(bytes))
            case GEN_DNS: names.dnsNames.append(try text(bytes))
            case GEN_IPADD:
                guard let address = AlternativeNames.addressText(bytes) else {
                    throw KeysError("read certificate", "an IP address has \(bytes.count) bytes")
                }
                names.addresses.append(address)
            default: break
            }
        }
        return names
    }

    private func text(_ bytes: [UInt8]) throws(KeysError) -> String {
        guard !bytes.isEmpty, isVisibleASCII(bytes) else {
            throw KeysError("read certificate", "an alternative name holds bytes that names must not hold")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

private func isVisibleASCII(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { (0x21...0x7e).contains($0) }
}

/// Labels of letters, digits, hyphens and underscores; the first may be `*`.
private func isHostName(_ name: String) -> Bool {
    guard name.utf8.count <= 253 else { return false }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return labels.enumerated().allSatisfy { index, label in
        if index == 0, label == "*", labels.count > 1 { return true }
        return (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType == .decimal)
                    || $0 == "-" || $0 == "_"
            }
    }
}
