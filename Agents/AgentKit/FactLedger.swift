internal import Vocabulary
internal import Wire

/// Knows which facts were told, so that a sheet travels only when its content changed, or once a day.
struct FactLedger: Sendable {
    /// Told again so often in any case: a collector restored from a backup is put right within a day.
    private static let again = Duration.seconds(86_400)
    /// A fact that flaps costs one sheet in this time, not one a run; the next run after it carries what is new.
    private static let atMostEvery = Duration.seconds(55)

    private struct Told {
        var content: Int
        var time: ContinuousClock.Instant
    }

    private var told: [String: Told] = [:]

    /// Whether to send this sheet now; notes it as told when so.
    mutating func isNews(_ sheet: FactSheet, at now: ContinuousClock.Instant) -> Bool {
        let content = sheet.facts.hashValue
        if let last = told[sheet.subject] {
            let age = now - last.time
            guard age >= Self.again || (content != last.content && age >= Self.atMostEvery) else { return false }
        }
        told[sheet.subject] = Told(content: content, time: now)
        return true
    }

    /// Sheets were lost: tell everything again.
    mutating func forget() {
        told = [:]
    }
}

extension FactSheet {
    /// What a newer sheet must agree in to replace this one.
    var subject: String { "\(asset)\u{1f}\(source)" }
}
