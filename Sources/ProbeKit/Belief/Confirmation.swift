package import Vocabulary

/// How a suspicion is confirmed.
package struct Confirmation: Hashable, Sendable {
    /// How many further answers must agree before a change is believed.
    package var confirmations: Int
    /// The mean pause before each further ask.
    package var spacing: Duration
    /// Whether asks overlap: an answer that is overdue is already a suspicion, and the burst does not wait for it.
    package var overlaps: Bool
    /// The least silence that is believed to be more than a loss.
    package var leastSilence: Duration
    /// The share of asks that is taken to be lost even where none was lately.
    package var leastLoss: Double

    package init(
        confirmations: Int = 2, spacing: Duration = .milliseconds(300), overlaps: Bool = false,
        leastSilence: Duration = .zero, leastLoss: Double = 0.001
    ) {
        self.confirmations = confirmations
        self.spacing = spacing
        self.overlaps = overlaps
        self.leastSilence = leastSilence
        self.leastLoss = leastLoss
    }

    /// A packet or two cost nothing and one lost is ordinary: asks overlap, eight a second. With a check a second the
    /// cut is believed at most 1 + 1.75 seconds after it, and a little for the asking.
    package static let packets = Confirmation(
        confirmations: 3, spacing: .milliseconds(120), overlaps: true, leastSilence: .milliseconds(1750),
        leastLoss: 0.05)
    /// A whole request costs the target more and loses less: two more, a little apart, one after the other.
    package static let requests = Confirmation()

    package static func of(_ kind: ProbeKind) -> Confirmation {
        kind == "icmp" || kind == "tcp" ? .packets : .requests
    }

    /// After so many asks in a burst it goes on at a third of the pace.
    private static let quick = 16

    /// The pause before the next ask; `chance` from 0 to 1 spreads it by a quarter each way, so that a hundred
    /// bursts that began together do not stay together.
    package func pause(after asks: Int, chance: Double) -> Duration {
        let pace = asks < Self.quick ? 1.0 : 3.0
        return .microseconds(Int64(Double(spacing.wholeMicroseconds) * pace * (0.75 + 0.5 * chance)))
    }
}
