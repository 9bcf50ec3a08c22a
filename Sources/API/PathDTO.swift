import Vocabulary

/// The way to the target of a check as an agent followed it at one time.
struct PathDTO: Codable, Sendable {
    struct HopDTO: Codable, Sendable {
        /// Empty where nobody answered.
        var address: String
        var roundTripSeconds: Double?
    }

    var check: String
    var seen: String
    /// `routine`, `trouble` or `recovery`.
    var occasion: String
    /// `reached`, `refused` or `silent`.
    var end: String
    /// What was refused, in the words of the error.
    var detail: String
    /// The nearest first.
    var hops: [HopDTO]

    init(_ path: Path) {
        check = path.check.rawValue
        seen = path.seen.description
        occasion = path.occasion.word
        end = path.end.word
        detail = path.detail
        hops = path.hops.map { HopDTO(address: $0.address, roundTripSeconds: $0.roundTrip?.inSeconds) }
    }
}
