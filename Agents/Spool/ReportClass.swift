/// What a report is worth when room runs out: samples go before states, states before facts.
package enum ReportClass: Int, CaseIterable, Sendable {
    case samples = 0
    case states = 1
    case facts = 2

    package var word: String {
        switch self {
        case .samples: "samples"
        case .states: "states"
        case .facts: "facts"
        }
    }
}

/// A number for each class of reports.
package struct ClassCounts: Hashable, Sendable {
    package var samples: UInt64
    package var states: UInt64
    package var facts: UInt64

    package init(samples: UInt64 = 0, states: UInt64 = 0, facts: UInt64 = 0) {
        self.samples = samples
        self.states = states
        self.facts = facts
    }

    package subscript(kind: ReportClass) -> UInt64 {
        get {
            switch kind {
            case .samples: samples
            case .states: states
            case .facts: facts
            }
        }
        set {
            switch kind {
            case .samples: samples = newValue
            case .states: states = newValue
            case .facts: facts = newValue
            }
        }
    }

    package var total: UInt64 { samples &+ states &+ facts }

    package static func + (left: ClassCounts, right: ClassCounts) -> ClassCounts {
        ClassCounts(
            samples: left.samples &+ right.samples, states: left.states &+ right.states,
            facts: left.facts &+ right.facts)
    }
}
