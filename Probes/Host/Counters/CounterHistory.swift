/// The counters of earlier runs, as far as the next run needs them.
package struct CounterHistory: Hashable, Sendable {
    private var earlier: Counters?
    private var latest: Counters?

    package init() {}

    /// Takes the counters of this run and gives those to compare them with; nil on the first run.
    ///
    /// Runs that follow within a second (a confirmation burst) are compared with what the run before them was: rates
    /// over a few clock ticks would be noise.
    package mutating func base(for counters: Counters) -> Counters? {
        guard let last = latest else {
            latest = counters
            return nil
        }
        let gap = counters.taken - last.taken
        guard gap >= .seconds(1) else { return gap < .zero ? nil : earlier }
        earlier = last
        latest = counters
        return last
    }
}
