/// What a report is worth when room runs out: samples go before states, states before facts, facts before findings.
package enum ReportClass: Int, CaseIterable, Sendable {
    case samples = 0
    case states = 1
    case facts = 2
    case findings = 3

    package var word: String {
        switch self {
        case .samples: "samples"
        case .states: "states"
        case .facts: "facts"
        case .findings: "findings"
        }
    }
}

/// A number for each class of reports.
package struct ClassCounts: Hashable, Sendable {
    package var samples: UInt64
    package var states: UInt64
    package var facts: UInt64
    package var findings: UInt64

    package init(samples: UInt64 = 0, states: UInt64 = 0, facts: UInt64 = 0, findings: UInt64 = 0) {
        self.samples = samples
        self.states = states
        self.facts = facts
        self.findings = findings
    }

    package subscript(kind: ReportClass) -> UInt64 {
        get {
            switch kind {
            case .samples: samples
            case .states: states
            case .facts: facts
            case .findings: findings
            }
        }
        set {
            switch kind {
            case .samples: samples = newValue
            case .states: states = newValue
            case .facts: facts = newValue
            case .findings: findings = newValue
            }
        }
    }

    package var total: UInt64 { samples &+ states &+ facts &+ findings }

    package static func + (left: ClassCounts, right: ClassCounts) -> ClassCounts {
        ClassCounts(
            samples: left.samples &+ right.samples, states: left.states &+ right.states,
            facts: left.facts &+ right.facts, findings: left.findings &+ right.findings)
    }
}
