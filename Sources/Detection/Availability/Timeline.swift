package import Vocabulary

/// What a check, an asset or a site was, moment by moment, over a period: spans without gap or overlap.
package struct Timeline: Hashable, Sendable {
    /// The gravest first, then why it does not count.
    package enum Kind: Int, CaseIterable, Sendable {
        case down
        case degraded
        case unknown
        case up
        case maintenance
        case outsideHours
        /// Nobody had asked for it to be watched.
        case unwatched

        package init(_ state: State) {
            switch state {
            case .up: self = .up
            case .degraded: self = .degraded
            case .down: self = .down
            case .unknown: self = .unknown
            }
        }
    }

    package struct Span: Hashable, Sendable {
        package var kind: Kind
        package var from: Instant
        package var to: Instant
        /// It was unknown once, and is known now.
        package var isRevised: Bool

        package init(_ kind: Kind, from: Instant, to: Instant, isRevised: Bool = false) {
            self.kind = kind
            self.from = from
            self.to = to
            self.isRevised = isRevised
        }
    }

    package let period: Range<Instant>
    /// In order; equal neighbours are one.
    package private(set) var spans: [Span] = []

    /// Nothing was watched.
    package init(unwatched period: Range<Instant>) {
        self.period = period
        append(.unwatched, to: period.upperBound)
    }

    /// A check that was watched for some of the period, from its record. Watched and without a record is unknown.
    package init(_ record: [Record.Span], watched: Range<Instant>, period: Range<Instant>) {
        self.period = period
        let watched = watched.clamped(to: period)
        append(.unwatched, to: watched.lowerBound)
        for span in record where span.to > watched.lowerBound && span.from < watched.upperBound {
            append(.unknown, to: min(span.from, watched.upperBound))
            append(Kind(span.outcome.state), to: min(span.to, watched.upperBound), isRevised: span.isRevised)
        }
        append(.unknown, to: watched.upperBound)
        append(.unwatched, to: period.upperBound)
    }

    /// Goes on to a moment; what is there already stays.
    mutating func append(_ kind: Kind, to end: Instant, isRevised: Bool = false) {
        let start = spans.last?.to ?? period.lowerBound
        let end = min(end, period.upperBound)
        guard start < end else { return }
        guard let last = spans.last, last.kind == kind, last.isRevised == isRevised else {
            spans.append(Span(kind, from: start, to: end, isRevised: isRevised))
            return
        }
        spans[spans.count - 1].to = end
    }

    /// The same with some times, in order and apart, taken out of the reckoning; unwatched stays unwatched.
    package func exempting(_ times: [Range<Instant>], as kind: Kind) -> Timeline {
        var result = Timeline(empty: period)
        var ahead = times[...]
        for span in spans {
            var start = span.from
            while start < span.to {
                while let next = ahead.first, next.upperBound <= start { ahead = ahead.dropFirst() }
                guard span.kind != .unwatched, let next = ahead.first, next.lowerBound < span.to else {
                    result.append(span.kind, to: span.to, isRevised: span.isRevised)
                    break
                }
                result.append(span.kind, to: next.lowerBound, isRevised: span.isRevised)
                let end = min(next.upperBound, span.to)
                result.append(kind, to: end)
                start = end
            }
        }
        return result
    }

    init(empty period: Range<Instant>) {
        self.period = period
    }
}
