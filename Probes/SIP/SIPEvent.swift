package import SIPSettings

/// One line of what a run would explain, put into words only when somebody asks; no password and no answered challenge.
package enum SIPEvent: Sendable, CustomStringConvertible {
    case sent(SIPSettings.Method, uri: String, bytes: Int, withLogin: Bool)
    case received(SIPResponse)
    case note(String)

    package var description: String {
        switch self {
        case .sent(let method, let uri, let bytes, let withLogin):
            "sent \(method.word) \(uri), \(bytes) bytes" + (withLogin ? ", with login" : "")
        case .received(let response): "received \(response.status) \(response.phrase)"
        case .note(let words): words
        }
    }
}
