/// Finds the way to a host by asking with growing hop limits, as a value: which limits to ask next, and when to stop.
///
/// It asks some hops at a time, lest the packets that pass the host be many, and stops where nobody has answered for a
/// while: behind a cut nothing answers, however far one asks.
package struct PathSearch: Sendable {
    private static let atOnce = 5
    private static let longestSilence = 8
    private static let farthest: UInt8 = 32

    private let target: SocketAddress
    private var answers: [UInt8: PingResult] = [:]
    private var asked: UInt8 = 0

    package init(to target: SocketAddress) {
        self.target = target
    }

    /// The hop limits to ask now, all of them at once; nil when the search is over.
    package mutating func next() -> ClosedRange<UInt8>? {
        guard case .silent = trace.end, answers.count == Int(asked), asked < Self.farthest else { return nil }
        let heard = answers.filter { !$0.value.errors.isEmpty }.keys.max() ?? 0
        guard Int(asked) - Int(heard) < Self.longestSilence else { return nil }
        let first = asked + 1
        asked = min(Self.farthest, asked + UInt8(Self.atOnce))
        return first...asked
    }

    package mutating func take(_ result: PingResult, at limit: UInt8) {
        answers[limit] = result
    }

    /// What is known so far.
    package var trace: PathTrace {
        var hops: [PathTrace.Hop] = []
        for limit in answers.keys.sorted() {
            guard let result = answers[limit] else { continue }
            if result.sent == 0 {
                return PathTrace(target: target, hops: hops, end: .unfinished(result.refusal))
            }
            var hop = PathTrace.Hop(limit: limit, asked: result.sent)
            if result.received > 0 {
                hop.answerers = [target]
                hop.roundTrips = result.roundTrips.compactMap { $0 }
                return PathTrace(target: target, hops: hops + [hop], end: .reached)
            }
            for fault in result.errors {
                if let reporter = fault.reporter, !hop.answerers.contains(reporter) { hop.answerers.append(reporter) }
                if let elapsed = fault.elapsed { hop.roundTrips.append(elapsed) }
            }
            hops.append(hop)
            if let refusal = result.errors.first(where: { $0.kind != .timeExceeded }) {
                return PathTrace(target: target, hops: hops, end: .refused(refusal))
            }
        }
        let heard = hops.last { !$0.answerers.isEmpty }?.limit ?? 0
        // One silent hop stands for all that follow the last that answered.
        return PathTrace(target: target, hops: hops.filter { $0.limit <= heard + 1 }, end: .silent)
    }
}
