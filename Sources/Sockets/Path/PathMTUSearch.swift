/// Finds the largest packet that passes whole, as a value: which size to ask next, and what is known.
///
/// A router that says how much it passes on (RFC 1191, RFC 8201) is believed as far as one packet of that size proves
/// it right; where nobody says anything, halving finds the size to the byte.
package struct PathMTUSearch: Sendable {
    /// What came of packets of one size.
    package enum Answer: Hashable, Sendable {
        case passed
        /// `largest`: what would pass, where the sender says it.
        case tooBig(largest: Int?, by: SocketAddress?)
        case silent
    }

    /// Every network passes that much whole (RFC 791, RFC 8200).
    package static func smallest(in family: AddressFamily) -> Int { family == .ipv4 ? 68 : 1280 }

    /// Bytes before the payload: the IP header and that of the echo message.
    package static func overhead(in family: AddressFamily) -> Int { (family == .ipv4 ? 20 : 40) + 8 }

    private let smallest: Int
    private var passes: Int?
    private var fails: Int
    private var limit = PathMTU.Limit.none
    private var hint: Int?
    private var isGivenUp = false

    package init(upTo wanted: Int, in family: AddressFamily) {
        smallest = Self.smallest(in: family)
        fails = max(wanted, smallest) + 1
        hint = fails - 1
    }

    /// The size to ask now, an IP packet in bytes; nil when the search is over.
    package var next: Int? {
        guard !isGivenUp else { return nil }
        let floor = passes ?? smallest - 1
        guard fails - floor > 1 else { return nil }
        if let hint, hint > floor, hint < fails { return hint }
        // Nothing has passed yet and nobody gave a hint: whether anything passes at all comes before how much.
        return passes == nil ? smallest : floor + (fails - floor) / 2
    }

    package mutating func take(_ answer: Answer, of size: Int) {
        switch answer {
        case .passed:
            passes = max(passes ?? 0, size)
            if size == hint { fails = min(fails, size + 1) }
            hint = nil
        case .tooBig(let largest, let reporter):
            guard size < fails else { return }
            fails = size
            limit = .told(by: reporter)
            hint = largest.flatMap { $0 < size ? $0 : nil }
        case .silent:
            guard size < fails else { return }
            fails = size
            limit = .silence
            hint = nil
            isGivenUp = size <= smallest
        }
    }

    /// What is known; nil when nothing passed, whatever its size.
    package var result: PathMTU? {
        passes.map { PathMTU(bytes: $0, limit: limit) }
    }
}
