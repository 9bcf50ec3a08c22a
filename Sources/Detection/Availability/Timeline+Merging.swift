package import Vocabulary

extension Timeline {
    /// One of several parts: at each moment the gravest of those that count, and why it does not count where none does.
    package static func gravest(_ parts: [Timeline], period: Range<Instant>) -> Timeline {
        merge(parts, period: period) { _, counts in gravest(counts) }
    }

    /// An asset, as the board has it: what its leading check says, and degraded where that one is well and another is
    /// not. `leading` is nil where no check leads: then it is the gravest.
    package static func asset(leading: Timeline?, others: [Timeline], period: Range<Instant>) -> Timeline {
        guard let leading else { return gravest(others, period: period) }
        return merge([leading] + others, period: period) { kinds, counts in
            switch kinds[0] {
            case .up where counts[Kind.down.rawValue] + counts[Kind.degraded.rawValue] > 0: .degraded
            case .unwatched: gravest(counts)
            case let kind: kind
            }
        }
    }

    private static func gravest(_ counts: [Int]) -> Kind {
        Kind.allCases.first { counts[$0.rawValue] > 0 } ?? .unwatched
    }

    /// Walks all parts at once; `decide` gets what each is at a moment, and how many are of each kind.
    private static func merge(
        _ parts: [Timeline], period: Range<Instant>, decide: ([Kind], [Int]) -> Kind
    ) -> Timeline {
        struct Turn {
            var at: Instant
            var part: Int
            var kind: Kind
            var isRevised: Bool
        }
        var turns: [Turn] = []
        for (place, part) in parts.enumerated() {
            turns += part.spans.map { Turn(at: $0.from, part: place, kind: $0.kind, isRevised: $0.isRevised) }
        }
        turns.sort { $0.at < $1.at }
        var kinds = [Kind](repeating: .unwatched, count: parts.count)
        var revised = [Bool](repeating: false, count: parts.count)
        var counts = [Int](repeating: 0, count: Kind.allCases.count)
        counts[Kind.unwatched.rawValue] = parts.count
        var revisedCount = 0
        var result = Timeline(empty: period)
        var index = 0
        while index < turns.count {
            let moment = turns[index].at
            while index < turns.count, turns[index].at == moment {
                let turn = turns[index]
                counts[kinds[turn.part].rawValue] -= 1
                counts[turn.kind.rawValue] += 1
                kinds[turn.part] = turn.kind
                if revised[turn.part] != turn.isRevised {
                    revised[turn.part] = turn.isRevised
                    revisedCount += turn.isRevised ? 1 : -1
                }
                index += 1
            }
            let end = index < turns.count ? turns[index].at : period.upperBound
            result.append(decide(kinds, counts), to: end, isRevised: revisedCount > 0)
        }
        result.append(.unwatched, to: period.upperBound)
        return result
    }
}
