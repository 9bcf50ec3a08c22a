package import ProbeSettings
package import Vocabulary

/// The probes compiled into a program, by kind.
package struct Catalogue: Sendable {
    private let entries: [ProbeKind: Entry]

    package init(_ entries: [Entry]) {
        self.entries = Dictionary(entries.map { ($0.kind, $0) }) { first, _ in first }
    }

    package var kinds: [ProbeKind] {
        entries.keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// One probe with the type of its settings hidden.
    package struct Entry: Sendable {
        package let kind: ProbeKind
        package let pace: Pace
        fileprivate let prepare: @Sendable ([String: String]) throws(SettingsError) -> Asking

        package init<P: Probe>(_ probe: P) {
            kind = P.Settings.kind
            pace = P.Settings.pace
            prepare = { (values) throws(SettingsError) in
                let settings = try P.Settings(values)
                return Asking(validate: P.Settings.validate) { target in
                    Question(
                        tolerances: settings.tolerances, executor: { probe.executor(for: settings) },
                        { deadline in await probe.measure(target, settings: settings, until: deadline) })
                }
            }
        }
    }

    /// A question whose settings are sound, for any number of targets.
    package struct Asking: Sendable {
        package let validate: @Sendable (_ target: String) throws(SettingsError) -> Void
        fileprivate let question: @Sendable (_ target: String) -> Question

        package func question(to target: String) throws(SettingsError) -> Question {
            try validate(target)
            return question(target)
        }

        /// For a target that has passed `validate`.
        package func question(toValidated target: String) -> Question {
            question(target)
        }
    }

    package func pace(of kind: ProbeKind) -> Pace? {
        entries[kind]?.pace
    }

    /// Validates target and settings; the question can then be asked again and again.
    package func question(
        _ kind: ProbeKind, target: String, settings: [String: String]
    ) throws(SettingsError) -> Question {
        try asking(kind, settings: settings).question(to: target)
    }

    /// Validates the settings, for many targets.
    package func asking(_ kind: ProbeKind, settings: [String: String]) throws(SettingsError) -> Asking {
        guard let entry = entries[kind] else {
            let known = kinds.map(\.rawValue).joined(separator: ", ")
            throw SettingsError(key: "kind", problem: "no probe \"\(kind.rawValue)\"; known: \(known)")
        }
        return try entry.prepare(settings)
    }
}

/// A probe with its target and settings, ready to be asked.
package struct Question: Sendable {
    package let ask: @Sendable (_ deadline: ContinuousClock.Instant) async -> Answer
    /// What its answers may do and still be in order; nil where one answer says it all.
    package let tolerances: Tolerances?

    private let preferred: @Sendable () -> (any TaskExecutor)?

    package init(
        tolerances: Tolerances? = nil, executor: @escaping @Sendable () -> (any TaskExecutor)? = { nil },
        _ ask: @escaping @Sendable (_ deadline: ContinuousClock.Instant) async -> Answer
    ) {
        self.tolerances = tolerances
        preferred = executor
        self.ask = ask
    }

    /// Where `ask` is best run: the thread of the engine that answers. Nil for the program's own threads.
    package var executor: (any TaskExecutor)? { preferred() }
}
