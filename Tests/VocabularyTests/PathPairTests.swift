import Testing
import Vocabulary

@Suite struct PathPairTests {
    private func path(_ hops: String, _ end: Path.End = .reached, at seconds: Int64 = 0, part: String = "icmp") -> Path
    {
        Path(
            check: CheckName(asset: "a", part: part), seen: Instant(seconds: seconds), occasion: .routine,
            hops: hops.split(separator: " ").map {
                .init(address: $0 == "*" ? "" : String($0), roundTrip: nil)
            }, end: end)
    }

    @Test func theWayBeforeIsTheNewestOtherThatReached() throws {
        let pair = try #require(
            PathPair([
                path("a b *", .silent), path("a b *", .silent), path("a b *", .silent), path("a b c"), path("x c"),
            ]))
        #expect(pair.now == path("a b *", .silent) && pair.before == path("a b c"))
        #expect(pair.firstOther == 2)
    }

    @Test func theSameWayHasNoneBefore() throws {
        let pair = try #require(PathPair([path("a b c"), path("a * c"), path("a b c")]))
        #expect(pair.before == nil && pair.firstOther == nil)
        #expect(PathPair([Path]()) == nil)
    }

    @Test func aHopThatIsSilentOnceIsNoOtherWay() {
        #expect(path("a b c").goesTheSameWay(as: path("a * c")))
        #expect(!path("a b c").goesTheSameWay(as: path("a d c")))
        #expect(!path("a b c").goesTheSameWay(as: path("a b")))
        #expect(!path("a b").goesTheSameWay(as: path("a b", .silent)))
    }

    @Test(arguments: [
        ("a x c", "a b c", 1), ("a b c d", "a b c", 3), ("a b", "a b c", 2), ("a * x", "a b c", 2), ("x", "a b", 0),
    ]) func theFirstOtherHopIsFound(now: String, before: String, index: Int) throws {
        #expect(try #require(PathPair([path(now), path(before)])).firstOther == index)
    }

    @Test func eachCheckHasItsOwn() {
        let pairs = PathPair.pairs(of: [path("a", part: "icmp-6"), path("b"), path("c"), path("d", part: "icmp-6")])
        #expect(pairs.map(\.now) == [path("b"), path("a", part: "icmp-6")])
        #expect(pairs.map(\.before) == [path("c"), path("d", part: "icmp-6")])
    }
}
