/// In which order journalled reports take effect: states and facts as they came, before all samples; samples newest
/// first.
///
/// A backlog arrives within seconds and takes longer to apply. What happens now must not wait behind it, as it does not
/// in the agent's spool (decision 4). Holds numbers only, and is made anew from the journal after a failed commit.
package struct JournalLanes: Sendable {
    private var urgent: ArraySlice<Int64> = []
    private var samples: [Int64] = []
    /// The newest entry it knows of.
    package private(set) var last: Int64 = 0

    package init() {}

    /// Takes in the next entry of the journal; they come in order.
    package mutating func enter(_ id: Int64, isUrgent: Bool) {
        if isUrgent { urgent.append(id) } else { samples.append(id) }
        last = id
    }

    /// The entry to apply next.
    package mutating func next() -> Int64? {
        urgent.popFirst() ?? samples.popLast()
    }
}
