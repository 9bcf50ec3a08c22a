/// A range of the monitoring-plugins guidelines: on which values a plug-in alerts.
///
/// `[@]start:end`, both ends belonging to it: `10` is 0 to 10, `10:` from 10 on, `~:10` up to 10. It alerts outside, and
/// with `@` inside.
package struct AlertRange: Hashable, Sendable {
    package var start: Double
    package var end: Double
    package var alertsInside: Bool

    package init(_ start: Double, _ end: Double, alertsInside: Bool = false) {
        self.start = start
        self.end = end
        self.alertsInside = alertsInside
    }

    /// Nil where there is none: nothing is written, or it is no range.
    package init?(_ text: some BidirectionalCollection<UInt8>) {
        let alertsInside = text.first == UInt8(ascii: "@")
        let body = Array(alertsInside ? text.dropFirst() : text[...])
        let parts = body.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last, !body.isEmpty else { return nil }
        if parts.count == 1 {
            guard let end = PlainNumber.read(first) else { return nil }
            self.init(0, end, alertsInside: alertsInside)
        } else {
            let start = first.elementsEqual([UInt8(ascii: "~")]) ? -Double.infinity : PlainNumber.read(first)
            let end = last.isEmpty ? Double.infinity : PlainNumber.read(last)
            // Of `:10` the start is 0, as plug-ins read it.
            guard let start = first.isEmpty ? 0 : start, let end else { return nil }
            self.init(start, end, alertsInside: alertsInside)
        }
        guard self.start <= self.end else { return nil }
    }

    package func alerts(on value: Double) -> Bool {
        (start <= value && value <= end) == alertsInside
    }

    /// What would have been in order, for a value that is not; `unit` is said after each number.
    package func wanted(instead value: Double, unit: String) -> String {
        func said(_ number: Double) -> String { PlainNumber.text(number) + (unit.isEmpty ? "" : " \(unit)") }
        guard alertsInside else {
            return value > end ? "a value of at most \(said(end))" : "a value of at least \(said(start))"
        }
        switch (start.isFinite, end.isFinite) {
        case (true, true): return "a value below \(said(start)) or above \(said(end))"
        case (true, false): return "a value below \(said(start))"
        case (false, true): return "a value above \(said(end))"
        case (false, false): return "no value"
        }
    }
}
