/// A maintenance that has ended although not everything is up again: whoever reads it is asked what is meant.
package struct Overrun: Hashable, Sendable {
    package var maintenance: String
    /// Who does the work; empty: nobody says.
    package var worker: String

    package init(maintenance: String, worker: String = "") {
        self.maintenance = maintenance
        self.worker = worker
    }

    func sentence(_ words: Words) -> String { words.incident.overran(maintenance, worker) }
}
