import Vocabulary

/// A month's report in words, ready for its template.
struct AvailabilityView: Sendable {
    struct Row: Sendable {
        let subject: NamedText?
        let name: String
        let assets: String
        let available: String
        let times: [String]
    }

    struct Choice: Sendable {
        let name: String
        let address: String
        let isCurrent: Bool
    }

    let title: String
    let month: String
    let grouping: String
    let running: String?
    let groupings: [Choice]
    let previous: String
    let next: String?
    let csv: String
    let head: String
    let rows: [Row]
    let total: Row
    let areRows: Bool
    let revised: String?
    let more: String?

    init(_ page: AvailabilityPage, _ viewer: Viewer) {
        let words = viewer.words.availability
        title = words.of(Self.written(page.month, viewer.language))
        month = page.month
        grouping = page.grouping.rawValue
        running = page.isWhole ? nil : words.running
        groupings = AvailabilityPage.Grouping.allCases.map { grouping in
            Choice(
                name: Self.name(grouping, words), address: Link.availability(page.month, by: grouping.rawValue),
                isCurrent: grouping == page.grouping)
        }
        previous = Link.availability(page.previous, by: page.grouping.rawValue)
        next = page.next.map { Link.availability($0, by: page.grouping.rawValue) }
        csv = Link.availability(page.month, by: page.grouping.rawValue, form: ".csv")
        head = Self.name(page.grouping, words)
        rows = page.rows.map { row in
            let named: NamedText? =
                switch page.grouping {
                case .asset: NamedText.asset(row.subject)
                case .site: NamedText.site(row.subject)
                case .unit: NamedText.unit(row.subject)
                case .class: nil
                }
            let name = page.grouping == .class ? viewer.words.className(row.subject.name) : row.subject.label
            return Row(row, subject: named, name: name, viewer)
        }
        total = Row(page.total, subject: nil, name: viewer.words.totals.total, viewer)
        areRows = !rows.isEmpty
        more = page.furtherRows > 0 ? words.more(viewer.numbers.integer(page.furtherRows)) : nil
        revised = page.total.revised > .zero ? words.revisedLead : nil
    }

    private static func name(_ grouping: AvailabilityPage.Grouping, _ words: AvailabilityWords) -> String {
        switch grouping {
        case .asset: words.asset
        case .site: words.site
        case .unit: words.unit
        case .class: words.assetClass
        }
    }

    /// `11/2026` or `2026-11`.
    private static func written(_ month: String, _ language: Language) -> String {
        language == .vietnamese ? month.split(separator: "-").reversed().joined(separator: "/") : month
    }
}

extension AvailabilityView.Row {
    fileprivate init(_ row: AvailabilityPage.Row, subject: NamedText?, name: String, _ viewer: Viewer) {
        self.subject = subject
        self.name = name
        assets = viewer.numbers.integer(row.assets)
        available = row.available.map { viewer.numbers.share($0) } ?? "–"
        times = [
            row.up, row.degraded, row.down, row.unknown, row.maintenance, row.outsideHours, row.unwatched, row.revised,
        ].map { $0 > .zero ? viewer.numbers.hours($0) : "–" }
    }
}

extension NumberFormat {
    /// Three decimals, rounded down: what failed for a second in a month was not there all of it.
    func share(_ ratio: Double) -> String {
        guard ratio.isFinite, (0...1).contains(ratio) else { return "–" }
        let thousandths = Int((ratio * 100_000).rounded(.down))
        let rest = "\(thousandths % 1000)"
        let mark = language == .vietnamese ? "," : "."
        return "\(thousandths / 1000)\(mark)\(String(repeating: "0", count: 3 - rest.count))\(rest)\u{202F}%"
    }

    /// `720:00:00`: hours, minutes and seconds, rounded.
    func hours(_ span: Duration) -> String {
        let second = Int(span.inSeconds.rounded())
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(integer(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }
}
