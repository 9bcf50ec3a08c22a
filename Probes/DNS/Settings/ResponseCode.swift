/// How a name server answered (RFC 1035, 4.1.1; RFC 6895, 2.3).
package enum ResponseCode: UInt8, CaseIterable, Hashable, Sendable {
    case noError = 0
    case formatError = 1
    case serverFailure = 2
    case noSuchName = 3
    case notImplemented = 4
    case refused = 5

    package init?(name: String) {
        guard let code = Self.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = code
    }

    package var name: String {
        switch self {
        case .noError: "NOERROR"
        case .formatError: "FORMERR"
        case .serverFailure: "SERVFAIL"
        case .noSuchName: "NXDOMAIN"
        case .notImplemented: "NOTIMP"
        case .refused: "REFUSED"
        }
    }
}
