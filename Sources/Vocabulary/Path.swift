/// The way to the target of a check as an agent followed it: who answered, hop by hop, and where it ended.
package struct Path: Hashable, Sendable {
    /// Why it was followed; the raw value is stable on the wire and in storage.
    package enum Occasion: Int, CaseIterable, Sendable {
        /// To know the way while all is well.
        case routine = 0
        /// The check was found to be degraded or down.
        case trouble = 1
        /// The check was found to be up again.
        case recovery = 2

        /// The word used in the API and on the command line.
        package var word: String {
            switch self {
            case .routine: "routine"
            case .trouble: "trouble"
            case .recovery: "recovery"
            }
        }
    }

    /// Where it ended; the raw value is stable on the wire and in storage.
    package enum End: Int, CaseIterable, Sendable {
        /// The target itself answered.
        case reached = 0
        /// The last hop says that the target cannot be reached.
        case refused = 1
        /// Nobody answers after the last hop.
        case silent = 2

        package var word: String {
            switch self {
            case .reached: "reached"
            case .refused: "refused"
            case .silent: "silent"
            }
        }
    }

    package struct Hop: Hashable, Sendable {
        /// Empty where nobody answered.
        package var address: String
        package var roundTrip: Duration?

        package init(address: String, roundTrip: Duration?) {
            self.address = address
            self.roundTrip = roundTrip
        }
    }

    package var check: CheckName
    /// When it was followed, on the agent's clock.
    package var seen: Instant
    package var occasion: Occasion
    /// The first is the nearest; without a gap.
    package var hops: [Hop]
    package var end: End
    /// What was refused, in the words of the error; empty otherwise.
    package var detail: String

    package init(
        check: CheckName, seen: Instant, occasion: Occasion, hops: [Hop], end: End, detail: String = ""
    ) {
        self.check = check
        self.seen = seen
        self.occasion = occasion
        self.hops = hops
        self.end = end
        self.detail = detail
    }

    /// Whether both go by the same hops to the same end. A hop that did not answer once is no other way.
    package func goesTheSameWay(as other: Path) -> Bool {
        guard end == other.end, hops.count == other.hops.count else { return false }
        return zip(hops, other.hops).allSatisfy { one, two in
            one.address == two.address || one.address.isEmpty || two.address.isEmpty
        }
    }
}
