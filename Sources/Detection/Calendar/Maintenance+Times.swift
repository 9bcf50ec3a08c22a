package import Vocabulary

extension Maintenance {
    package func isActive(at instant: Instant) -> Bool {
        switch times {
        case .once(let span): span.contains(instant)
        case .recurring(let rules, let from, let until):
            (from.map { $0 <= instant } ?? true) && (until.map { instant < $0 } ?? true)
                && Timetable(rules: rules).contains(instant)
        }
    }

    /// When it begins or ends next; nil when it never does again.
    package func nextChange(after instant: Instant) -> Instant? {
        switch times {
        case .once(let span):
            return [span.lowerBound, span.upperBound].first { $0 > instant }
        case .recurring(let rules, let from, let until):
            if let until, until <= instant { return nil }
            let table = Timetable(rules: rules)
            if let from, from > instant {
                // Nothing happens before; at that moment it may be in the midst of a window.
                let first = table.contains(from) ? from : table.nextChange(after: from)
                return first.flatMap { $0 < until ?? .distant ? $0 : nil }
            }
            guard let change = table.nextChange(after: instant) else { return isActive(at: instant) ? until : nil }
            guard let until, change >= until else { return change }
            return isActive(at: instant) ? until : nil
        }
    }

    /// When it is active within a time: in order, apart from one another.
    package func spans(in time: Range<Instant>) -> [Range<Instant>] {
        switch times {
        case .once(let span): return [span].united(within: time)
        case .recurring(let rules, let from, let until):
            let start = max(from ?? time.lowerBound, time.lowerBound)
            let end = min(until ?? time.upperBound, time.upperBound)
            return start < end ? Timetable(rules: rules).spans(in: start..<end) : []
        }
    }

    /// Whether it is neither active nor will be again.
    package func isOver(at instant: Instant) -> Bool {
        !isActive(at: instant) && nextChange(after: instant) == nil
    }

    /// The same, ended now; nil when it has not begun, so that nothing of it has to be kept.
    package func ended(at now: Instant) -> Maintenance? {
        var ended = self
        switch times {
        case .once(let span):
            guard span.lowerBound < now else { return nil }
            ended.times = .once(span.lowerBound..<min(span.upperBound, now))
        case .recurring(let rules, let from, let until):
            guard from.map({ $0 < now }) ?? true else { return nil }
            ended.times = .recurring(rules, from: from, until: min(until ?? now, now))
        }
        return ended
    }
}

extension Instant {
    fileprivate static let distant = Instant(microseconds: .max)
}
