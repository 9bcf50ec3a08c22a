import Glibc

extension SystemResolver {
    /// `getaddrinfo`, blocking; each address once, in the system's order.
    @Sendable package static func getAddresses(
        of host: String, family: AddressFamily?
    ) -> Result<[SocketAddress], ResolveError> {
        var hints = addrinfo()
        hints.ai_family = family?.systemNumber ?? AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, nil, &hints, &list)
        let code = errno
        guard result == 0 else { return .failure(error(of: result, code)) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let current = entry {
            if let address = address(of: current.pointee), !addresses.contains(address) { addresses.append(address) }
            entry = current.pointee.ai_next
        }
        return addresses.isEmpty ? .failure(.notFound("no address")) : .success(addresses)
    }

    /// Sorts the codes of getaddrinfo(3) into "there is none" and "could not find out".
    package static func error(of result: Int32, _ code: Int32 = 0) -> ResolveError {
        let words =
            result == EAI_SYSTEM ? SystemError("getaddrinfo", code: code).text : String(cString: gai_strerror(result))
        switch result {
        // EAI_NODATA and EAI_ADDRFAMILY are GNU's: the name is there, an address of this family is not.
        case EAI_NONAME, -5, -9: return .notFound(words)
        default: return .failed(words)
        }
    }

    private static func address(of entry: addrinfo) -> SocketAddress? {
        guard let source = entry.ai_addr else { return nil }
        var storage = sockaddr_storage()
        let length = min(Int(entry.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: length))
        }
        return SocketAddress(storage, length: socklen_t(length))
    }
}
