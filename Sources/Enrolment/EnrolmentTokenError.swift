package import Keys

/// Why a text is no token, or a token could not be made.
package enum EnrolmentTokenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin as tokens do: something else was pasted.
    case notAToken
    /// A character is missing, added or changed.
    case damaged
    /// Its address is not `https://HOST:PORT`.
    case badAddress
    case noRandomness(KeysError)

    package var description: String {
        switch self {
        case .notAToken: "this is no enrolment token: it does not begin with hd1."
        case .damaged: "the enrolment token is damaged: copy the whole line again"
        case .badAddress: "the collector's address must be https://HOST:PORT"
        case .noRandomness(let error): error.description
        }
    }
}
