package import Vocabulary

/// What a check's state was over time, made of the changes that were recorded of it, in whatever order they came.
///
/// An agent that could not deliver went on measuring: what was unknown while it was silent is filled with what it saw
/// then, once that arrives, and the span says that it was revised. Unknown stays only when nobody measured.
package struct Record: Hashable, Sendable {
    package struct Span: Hashable, Sendable {
        package var outcome: Outcome
        package var from: Instant
        package var to: Instant
        /// It was unknown once, and is known now.
        package var isRevised: Bool

        package init(_ outcome: Outcome, from: Instant, to: Instant, isRevised: Bool = false) {
            self.outcome = outcome
            self.from = from
            self.to = to
            self.isRevised = isRevised
        }
    }

    /// In order, without gaps; equal neighbours are one.
    package private(set) var spans: [Span] = []

    /// - Parameters:
    ///   - changes: what was recorded; those that rest on no run are the collector's own word for an agent's silence and
    ///     for its end.
    ///   - isSilence: whether a reason is that silence.
    ///   - unseen: in which parts of a time nobody measured; asked for each silence that is over.
    package init(
        _ changes: [StateChange], until end: Instant, isSilence: (Reason) -> Bool,
        unseen: (Range<Instant>) throws -> [Range<Instant>]
    ) rethrows {
        let seen = changes.filter { $0.runs > 0 }.sorted { ($0.since, $0.confirmed) < ($1.since, $1.confirmed) }
        let silences = Self.silences(in: changes, until: end, isSilence)
        let reason = changes.compactMap(\.outcome.reason).first(where: isSilence)
        var holes: [Range<Instant>] = []
        for silence in silences {
            holes += silence.isOver ? try unseen(silence.time).map { $0.clamped(to: silence.time) } : [silence.time]
        }
        guard var start = seen.first?.since else { return }
        guard start < end else { return }
        // Every moment at which anything may change; what holds at it is found by walking along, for there may be many.
        var moments = Set(seen.map(\.since))
        for range in holes + silences.map(\.time) { moments.formUnion([range.lowerBound, range.upperBound]) }
        let cuts = moments.filter { $0 > start && $0 < end }.sorted() + [end]
        var (isHole, wasSilent) = (
            Walk(holes.united(within: start..<end)), Walk(silences.map(\.time).united(within: start..<end))
        )
        var (known, next) = (Outcome.unknown(.unstated), 0)
        for moment in cuts where moment > start {
            while next < seen.count, seen[next].since <= start {
                known = seen[next].outcome
                next += 1
            }
            let (hole, silent) = (isHole.contains(start), wasSilent.contains(start))
            append(
                Span(
                    hole ? .unknown(reason ?? .unstated) : known, from: start, to: moment,
                    isRevised: silent && !hole))
            start = moment
        }
    }

    /// Times in order and apart, asked about moments that only go on.
    private struct Walk {
        private let times: [Range<Instant>]
        private var next = 0

        init(_ times: [Range<Instant>]) {
            self.times = times
        }

        mutating func contains(_ moment: Instant) -> Bool {
            while next < times.count, times[next].upperBound <= moment { next += 1 }
            return next < times.count && times[next].contains(moment)
        }
    }

    private mutating func append(_ span: Span) {
        guard let last = spans.last, last.outcome == span.outcome, last.isRevised == span.isRevised else {
            spans.append(span)
            return
        }
        spans[spans.count - 1].to = span.to
    }

    /// From each silence to the next word of the collector that it is over.
    private static func silences(
        in changes: [StateChange], until end: Instant, _ isSilence: (Reason) -> Bool
    ) -> [(time: Range<Instant>, isOver: Bool)] {
        var silences: [(time: Range<Instant>, isOver: Bool)] = []
        var since: Instant?
        for change in changes.filter({ $0.runs == 0 }).sorted(by: { $0.confirmed < $1.confirmed }) {
            if change.outcome.reason.map(isSilence) == true {
                since = since ?? change.since
            } else if let begun = since {
                if begun < change.since { silences.append((begun..<change.since, true)) }
                since = nil
            }
        }
        if let since, since < end { silences.append((since..<end, false)) }
        return silences
    }
}
