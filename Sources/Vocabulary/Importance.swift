/// How much an asset matters: it decides how long a failure may last before somebody is told.
package enum Importance: String, CaseIterable, Sendable {
    case core
    case normal
    case low
}
