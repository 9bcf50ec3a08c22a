/// Which messages are on their way: each route has a lane of its own, so that a receiver who never answers holds up
/// nobody else.
package struct Lanes: Sendable {
    /// So many messages of one route are on their way at the same time.
    package static let width = 8

    private var underWay: [String: Set<Int64>] = [:]
    /// By the message that stands for them, all that go in one; each counts as one in its lane.
    private var together: [Int64: Set<Int64>] = [:]
    /// Those that ended since somebody last began to look which are waiting.
    private var ended: Set<Int64> = []

    package init() {}

    package var isEmpty: Bool { underWay.isEmpty }

    /// Before a look at those waiting: what ends from now on may still be seen waiting there, and is not.
    package mutating func beginLook() {
        ended = []
    }

    /// Whether a message that was seen waiting may set out now; it is under way until it is `finished`.
    package mutating func admits(_ message: Int64, of route: String) -> Bool {
        guard !ended.contains(message) else { return false }
        guard underWay[route, default: []].count < Self.width else { return false }
        return underWay[route, default: []].insert(message).inserted
    }

    /// Which of the messages that were seen waiting may set out now in one; the first stands for them until `finished`.
    package mutating func admits(together messages: [Int64], of route: String) -> [Int64] {
        let carried = together.values.reduce(into: underWay[route] ?? []) { $0.formUnion($1) }
        let free = messages.filter { !carried.contains($0) && !ended.contains($0) }
        guard let first = free.first, admits(first, of: route) else { return [] }
        together[first] = Set(free)
        return free
    }

    /// Whether the route has nothing under way any more.
    package mutating func finished(_ message: Int64, of route: String) -> Bool {
        underWay[route]?.remove(message)
        ended.formUnion(together.removeValue(forKey: message) ?? [message])
        guard underWay[route]?.isEmpty == true else { return false }
        underWay[route] = nil
        return true
    }
}
