import ProbeSockets
package import Sockets
package import Vocabulary

/// What an end of the talk means, by how it came and what had been heard until then.
package enum TCPVerdict {
    /// Who has said something else is not silent: `wrong-answer`.
    package static func outcome(
        of failure: TCPConnection.Failure, step: String, expected: String, heard: [UInt8]
    ) -> Outcome {
        switch failure {
        case .timedOut where heard.isEmpty:
            return .down(Reason("timeout", step: step, expected: expected, got: "nothing before the deadline"))
        case .ended where heard.isEmpty:
            return .down(Reason("connection-lost", step: step, expected: expected, got: "the end of the connection"))
        case .timedOut, .ended:
            return .down(Reason("wrong-answer", step: step, expected: expected, got: quoted(heard)))
        default:
            guard case .down(let reason) = SocketVerdict.outcome(ofConnecting: failure) else {
                return SocketVerdict.outcome(ofConnecting: failure)
            }
            return .down(Reason(reason.code, step: step, expected: expected, got: reason.got))
        }
    }

    /// The server's first line, where it is one for people.
    package static func banner(_ bytes: [UInt8]) -> Fact? {
        let line = bytes.prefix { $0 != 10 && $0 != 13 }.prefix(200)
        guard !line.isEmpty, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            let text = String(validating: line, as: UTF8.self)
        else { return nil }
        return Fact("tcp", "banner", value: text)
    }

    /// The beginning, for a person: on one line, with escapes for what cannot be read.
    package static func quoted(_ bytes: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: bytes.prefix(160), as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\r": text += "\\r"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                text += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return bytes.count > 160 ? "\"\(text)\" …" : "\"\(text)\""
    }
}
