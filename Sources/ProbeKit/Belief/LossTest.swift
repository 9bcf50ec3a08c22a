/// Whether a line loses more than it may: Page's test (Biometrika 41, 1954), which gathers what each answer says.
///
/// An answer that was lost speaks for a line that loses too much, one that came against it, each by how much likelier it is
/// so. A line that loses what is tolerated comes to the limit less than once in ten years of a check a second, and one that
/// loses too much as soon as any test with that error could know it.
package struct LossTest: Hashable, Sendable {
    /// Of so many answers it is said how many were lost, and whether that is over.
    package static let window = 120

    private let tolerated: Double
    /// What an answer says that was lost, and one that came.
    private let lost: Double
    private let came: Double
    private var odds = 1.0
    private var last: UInt128 = 0
    package private(set) var isOn = false

    /// `share` is tolerated; five times as much, or 20 % more, is too much. Of nothing tolerated the first is too much.
    package init(tolerated share: Double) {
        tolerated = share
        let much = min(5 * share, share + 0.2)
        lost = share > 0 ? much / share : Self.limit
        came = (1 - much) / (1 - share)
    }

    package mutating func take(isLost: Bool) {
        last = last << 1 | (isLost ? 1 : 0)
        if isOn {
            // Not more lost than is tolerated, or one in twenty.
            isOn = count > Int(Double(Self.window) * max(tolerated, 0.05))
            if !isOn { odds = 1 }
        } else {
            odds = max(1, odds * (isLost ? lost : came))
            isOn = odds >= Self.limit
        }
    }

    /// How many of the window were lost.
    package var count: Int { (last << (128 - Self.window)).nonzeroBitCount }

    private static let limit = 1 / SilenceTest.falseAlarms
}
