import Inventory
import Testing
import Vocabulary

@Suite struct FactComparisonTests {
    @Test func namesWhatAppearedChangedAndVanished() {
        let comparison = FactComparison(
            before: ["a": "1", "b": "2", "c": "3"],
            now: [Fact("b", value: "2"), Fact("c", value: "4"), Fact("d", value: "5")])
        #expect(
            comparison.differences == [
                .init(path: "a", was: "1", became: nil), .init(path: "c", was: "3", became: "4"),
                .init(path: "d", was: nil, became: "5"),
            ])
    }

    @Test func aPathSaidTwiceCountsOnce() {
        let comparison = FactComparison(before: ["a": "1"], now: [Fact("a", value: "1"), Fact("a", value: "2")])
        #expect(comparison.differences.isEmpty)
    }
}
