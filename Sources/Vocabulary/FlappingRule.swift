/// What becomes of failures that come and go: folded into one alert, or each told by itself.
package enum FlappingRule: String, CaseIterable, Sendable {
    case fold
    case tell
}
