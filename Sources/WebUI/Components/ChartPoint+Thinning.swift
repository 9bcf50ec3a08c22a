package import Vocabulary

extension [ChartPoint] {
    /// At most `count` points: neighbours become one with their mean, and keep their bounds.
    ///
    /// They are grouped by time, not by number, so that silence stays a gap; a value that is missing counts for none.
    package func thinned(to count: Int, from start: Instant, until end: Instant) -> [ChartPoint] {
        let span = (end - start).inSeconds
        guard self.count > count, count > 0, span > 0 else { return self }
        var result: [ChartPoint] = []
        var group: [ChartPoint] = []
        var place = -1
        for point in self where point.finiteValue != nil {
            let ratio = (point.time - start).inSeconds * Double(count) / span
            let next = Int(Swift.max(0, Swift.min(Double(count - 1), ratio)))
            if next != place, let merged = group.merged { result.append(merged) }
            if next != place { group = [] }
            place = next
            group.append(point)
        }
        if let merged = group.merged { result.append(merged) }
        return result
    }

    private var merged: ChartPoint? {
        guard let first else { return nil }
        guard self.count > 1 else { return first }
        let values = compactMap(\.finiteValue)
        return ChartPoint(
            first.time, values.reduce(0, +) / Double(Swift.max(1, values.count)),
            low: (values + compactMap(\.low)).min(), high: (values + compactMap(\.high)).max())
    }
}
