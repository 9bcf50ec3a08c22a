/// What a chart is about: one of the subjects that both languages word, or a name that stands as it is.
package enum ChartSubject: Hashable, Sendable {
    case known(KnownSubject)
    case named(String)

    /// What a page and its script know a chart by; nil for one that only the page draws.
    package var key: String? {
        switch self {
        case .known(let subject): subject.rawValue
        case .named: nil
        }
    }
}

/// The subjects of the charts that the product draws by itself.
package enum KnownSubject: String, CaseIterable, Sendable {
    case cpu, load, memory, filesystems, network, disks, answers
}

/// What a line of a chart is called: a word of ours, or the name the measured thing has (`eth0 ↓`, `iowait`, `/var`).
package enum SeriesName: Hashable, Sendable {
    case memory
    case swap
    /// The load over that many minutes.
    case minutes(Int)
    case named(String)
}

extension Words {
    func title(_ subject: ChartSubject) -> String {
        switch subject {
        case .known(let subject): self.subject(subject)
        case .named(let name): name
        }
    }

    func name(_ series: SeriesName) -> String {
        switch series {
        case .memory: chart.memory
        case .swap: chart.swap
        case .minutes(let count): chart.minutes(count)
        case .named(let name): name
        }
    }
}
