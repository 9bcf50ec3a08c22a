import Sockets
import Testing

@Suite struct PathSearchTests {
    private let target = SocketAddress(.ipv4(0x0a00_00ff))

    private func router(_ number: UInt8) -> SocketAddress { SocketAddress(.ipv4(0x0a00_0100 + UInt32(number))) }

    private func expired(at number: UInt8) -> PingResult {
        let fault = ICMPFault(
            kind: .timeExceeded, type: 11, code: 0, reporter: router(number), elapsed: .milliseconds(Int(number)))
        return PingResult(sent: 2, roundTrips: [nil, nil], errors: [fault, fault])
    }

    private let silence = PingResult(sent: 2, roundTrips: [nil, nil])
    private let answer = PingResult(sent: 2, roundTrips: [.milliseconds(9), nil])

    /// Runs a search over a network; the limits that were asked in each round.
    private func run(_ network: (UInt8) -> PingResult) -> (PathTrace, rounds: [ClosedRange<UInt8>]) {
        var search = PathSearch(to: target)
        var rounds: [ClosedRange<UInt8>] = []
        while let limits = search.next(), rounds.count < 100 {
            rounds.append(limits)
            for limit in limits { search.take(network(limit), at: limit) }
        }
        return (search.trace, rounds)
    }

    @Test func everyHopUpToTheHostIsNamed() {
        let (trace, rounds) = run { $0 < 7 ? expired(at: $0) : answer }
        #expect(trace.end == .reached)
        #expect(trace.hops.map(\.limit) == Array(1...7))
        #expect(trace.hops.map(\.answerers) == (1...6).map { [router($0)] } + [[target]])
        #expect(trace.hops[2].roundTrips == [.milliseconds(3), .milliseconds(3)])
        #expect(rounds == [1...5, 6...10])
    }

    @Test func aSilentHopInBetweenDoesNotEndThePath() {
        let (trace, _) = run { $0 == 12 ? answer : $0 % 5 == 0 || $0 == 3 ? silence : expired(at: $0) }
        #expect(trace.end == .reached)
        #expect(trace.hops.count == 12 && trace.hops[2].answerers.isEmpty)
    }

    @Test func behindACutTheSearchEndsSoon() {
        let (trace, rounds) = run { $0 < 3 ? expired(at: $0) : silence }
        #expect(trace.end == .silent)
        #expect(trace.hops.map(\.answerers.first) == [router(1), router(2), nil])
        #expect(rounds == [1...5, 6...10])
    }

    @Test func nobodyAtAllIsSilenceFromTheFirstHopOn() {
        let (trace, _) = run { _ in silence }
        #expect(trace.end == .silent && trace.hops.map(\.limit) == [1])
    }

    @Test func whoeverRefusesIsNamed() {
        let refusal = ICMPFault(kind: .hostUnreachable, type: 3, code: 1, reporter: router(2))
        let (trace, _) = run {
            $0 < 3 ? expired(at: $0) : PingResult(sent: 2, roundTrips: [nil, nil], errors: [refusal])
        }
        #expect(trace.end == .refused(refusal))
        #expect(trace.hops.count == 3)
    }

    @Test func withoutTheRightToSendThereIsNoPath() {
        let refusal = SystemError("socket", code: 1)
        let (trace, rounds) = run { _ in PingResult(refusal: refusal) }
        #expect(trace.end == .unfinished(refusal) && trace.hops.isEmpty && rounds.count == 1)
    }

    @Test func aPathWithoutEndIsFollowedToTheFarthestHop() {
        let (trace, rounds) = run { expired(at: $0) }
        #expect(trace.hops.count == 32 && rounds.last == 31...32)
        #expect(trace.end == .silent)
    }

    /// Runs a search over a path; what it found and how often it asked.
    private func search(
        upTo wanted: Int, in family: AddressFamily = .ipv4, _ path: (Int) -> PathMTUSearch.Answer
    ) -> (PathMTU?, asked: Int) {
        var search = PathMTUSearch(upTo: wanted, in: family)
        var asked = 0
        while let size = search.next, asked < 100 {
            asked += 1
            search.take(path(size), of: size)
        }
        return (search.result, asked)
    }

    @Test func whatPassesAtOnceIsAskedOnce() {
        let (mtu, asked) = search(upTo: 1500) { _ in .passed }
        #expect(mtu == PathMTU(bytes: 1500, limit: .none) && asked == 1)
    }

    @Test func aRouterThatSaysItsSizeIsBelievedOnceProved() {
        let (mtu, asked) = search(upTo: 1500) { size in
            size <= 1300
                ? .passed
                : size <= 1400 ? .tooBig(largest: 1300, by: router(2)) : .tooBig(largest: 1400, by: router(1))
        }
        #expect(mtu == PathMTU(bytes: 1300, limit: .told(by: router(2))))
        #expect(asked == 3)
    }

    @Test(arguments: [69, 576, 1280, 1311, 1472, 1499]) func whereLargePacketsVanishTheSizeIsFoundToTheByte(size: Int) {
        let (mtu, asked) = search(upTo: 1500) { $0 <= size ? .passed : .silent }
        #expect(mtu == PathMTU(bytes: size, limit: .silence))
        #expect(asked <= 13)
    }

    @Test func aHintThatIsNoneLeadsNowhereElse() {
        for hint in [0, 1500, 70_000, -1] {
            let (mtu, asked) = search(upTo: 1500) { $0 <= 1400 ? .passed : .tooBig(largest: hint, by: nil) }
            #expect(mtu == PathMTU(bytes: 1400, limit: .told(by: nil)) && asked <= 13)
        }
    }

    @Test func aHostThatDoesNotAnswerHasNoPathMTU() {
        for family in AddressFamily.allCases {
            let (mtu, asked) = search(upTo: 1500, in: family) { _ in .silent }
            #expect(mtu == nil && asked == 2)
        }
    }
}
