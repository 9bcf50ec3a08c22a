import ProbeKit
package import PrometheusSettings
package import Vocabulary

/// What an exporter's page says: the series that are wanted, and which bound is not kept.
package struct PrometheusVerdict {
    private let settings: PrometheusSettings
    /// Bounds that were broken the time before: they are left only well within.
    private let broken: Set<PrometheusSettings.Bound>
    private var kept: [Reading] = []
    /// Series that were wanted beyond the limit.
    private var surplus = 0
    private var samples = 0
    private var isCut = false
    private var worst: [PrometheusSettings.Bound: Sample] = [:]
    private var seen: Set<Selector> = []

    package init(_ settings: PrometheusSettings, broken: Set<PrometheusSettings.Bound>) {
        self.settings = settings
        self.broken = broken
    }

    /// Reads the page to its end, or to where it was cut.
    package mutating func read(_ page: [UInt8], isCut: Bool = false) throws(ExpositionReader.Fault) {
        var reader = ExpositionReader(page, isCut: isCut)
        let (metrics, bounds) = (settings.metrics, settings.bounds)
        var lines = 0
        while let sample = try reader.next(where: { name in
            lines += 1
            return metrics.contains { Self.mayCover($0, name) } || bounds.contains { Self.mayCover($0.selector, name) }
        }) {
            take(sample)
        }
        samples = lines
        self.isCut = isCut
    }

    private static func mayCover(_ selector: Selector, _ name: String) -> Bool {
        selector.isPrefix ? name.hasPrefix(selector.name) : name == selector.name
    }

    private mutating func take(_ sample: Sample) {
        for bound in settings.bounds where bound.selector.covers(sample.name, sample.labels) {
            seen.insert(bound.selector)
            guard !sample.value.isNaN else { continue }
            let isWorse = worst[bound].map {
                bound.side == .above ? sample.value > $0.value : sample.value < $0.value
            }
            if isWorse ?? true { worst[bound] = sample }
        }
        var isWanted = false
        for selector in settings.metrics where selector.covers(sample.name, sample.labels) {
            seen.insert(selector)
            isWanted = true
        }
        // What is no number cannot be drawn.
        guard isWanted, sample.value.isFinite else { return }
        guard kept.count < settings.series else {
            surplus += 1
            return
        }
        kept.append(Reading(Metric(text: Self.text(sample)), sample.value))
    }

    /// As the page has it, labels in order.
    private static func text(_ sample: Sample) -> String {
        guard !sample.labels.isEmpty else { return sample.name }
        let labels = sample.labels.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\""
        }
        return "\(sample.name){\(labels.joined(separator: ","))}"
    }

    /// A twentieth of the bound lies between breaking it and keeping it again.
    private func isBroken(_ bound: PrometheusSettings.Bound, _ value: Double) -> Bool {
        let margin = broken.contains(bound) ? abs(bound.value) / 20 : 0
        return bound.side == .above ? value > bound.value - margin : value < bound.value + margin
    }

    package var brokenBounds: Set<PrometheusSettings.Bound> {
        Set(worst.filter { isBroken($0.key, $0.value.value) }.map(\.key))
    }

    package var outcome: Outcome {
        for bound in settings.bounds {
            guard let sample = worst[bound], isBroken(bound, sample.value) else { continue }
            let expected = "a value of \(bound.side == .above ? "at most" : "at least") \(Self.spelled(bound.value))"
            return .degraded(
                Reason(
                    bound.side == .above ? "too-high" : "too-low", step: Self.text(sample), expected: expected,
                    got: Self.spelled(sample.value)))
        }
        // What is missing may stand behind the cut.
        guard !isCut else {
            return .degraded(
                Reason(
                    "too-large", step: "body", expected: "at most \(settings.bodyLimit) bytes",
                    got: "more; reading stopped there"))
        }
        let selectors = settings.metrics + settings.bounds.map(\.selector)
        if let missing = selectors.first(where: { !seen.contains($0) }) {
            return .degraded(
                Reason("metric-missing", step: missing.text, expected: "a series of that name", got: "none"))
        }
        guard surplus == 0 else {
            return .degraded(
                Reason(
                    "too-many-series", step: "read", expected: "at most \(settings.series) series",
                    got: "\(settings.series + surplus) series"))
        }
        return .up
    }

    package var readings: [Reading] {
        [Reading(Metric("prometheus_samples"), Double(samples))] + kept
    }

    private static func spelled(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }
}
