import Glibc

/// Follows the path to a host by the echo engine that all checks share.
package struct PathTracer: Sendable {
    private let engine: ICMPEngine

    package init(engine: ICMPEngine) {
        self.engine = engine
    }

    /// Asks hop by hop, each with that many packets, and who did not answer once more: a router says only so often that
    /// a packet ran out of hops, and others ask it too. A hop that does not answer costs `patience` twice.
    package func trace(
        _ target: SocketAddress, tries: Int = 3, patience: Duration = .seconds(1), codePoint: UInt8 = 0,
        until deadline: ContinuousClock.Instant
    ) async -> PathTrace {
        var search = PathSearch(to: target)
        let engine = engine
        while let limits = search.next() {
            var open = Array(limits)
            for _ in 0..<2 where !open.isEmpty {
                let end = min(deadline, .now + patience + Self.spacing * (tries - 1))
                let answers = await withTaskGroup(of: (UInt8, PingResult).self) { group in
                    for limit in open {
                        group.addTask {
                            let manner = EchoManner(codePoint: codePoint, hopLimit: limit)
                            return (
                                limit,
                                await engine.ping(
                                    target, count: tries, spacing: Self.spacing, manner: manner, until: end)
                            )
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                for (limit, result) in answers { search.take(result, at: limit) }
                open = answers.filter { $0.1.sent > 0 && $0.1.received == 0 && $0.1.errors.isEmpty }.map(\.0)
            }
            guard !Task.isCancelled, ContinuousClock.now < deadline else {
                var trace = search.trace
                if case .silent = trace.end { trace.end = .unfinished(nil) }
                return trace
            }
        }
        return search.trace
    }

    /// Asks with packets that must not be fragmented; nil when not even the smallest passes.
    package func mtu(
        to target: SocketAddress, upTo wanted: Int, patience: Duration = .milliseconds(500), codePoint: UInt8 = 0,
        until deadline: ContinuousClock.Instant
    ) async -> PathMTU? {
        var search = PathMTUSearch(upTo: wanted, in: target.family)
        while let size = search.next, ContinuousClock.now < deadline, !Task.isCancelled {
            search.take(await ask(target, size, patience, codePoint, deadline), of: size)
        }
        return search.result
    }

    /// Up to three packets, one after the other: the first that is answered decides.
    private func ask(
        _ target: SocketAddress, _ size: Int, _ patience: Duration, _ codePoint: UInt8,
        _ deadline: ContinuousClock.Instant
    ) async -> PathMTUSearch.Answer {
        let manner = EchoManner(
            size: size - PathMTUSearch.overhead(in: target.family), codePoint: codePoint, isWhole: true)
        for _ in 0..<3 {
            let result = await engine.ping(target, manner: manner, until: min(deadline, .now + patience))
            if result.received > 0 { return .passed }
            if let fault = result.errors.first(where: { $0.kind == .packetTooBig }) {
                return .tooBig(largest: fault.largest, by: fault.reporter)
            }
            if result.refusal?.code == EMSGSIZE { return .tooBig(largest: nil, by: nil) }
            guard ContinuousClock.now < deadline, !Task.isCancelled else { break }
        }
        return .silent
    }

    private static let spacing = Duration.milliseconds(50)
}
