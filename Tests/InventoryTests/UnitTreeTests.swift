import Inventory
import Testing

@Suite struct UnitTreeTests {
    private let tree = UnitTree([
        ("province", nil), ("office", "province"), ("north", "province"), ("north-1", "north"), ("north-2", "north"),
        ("elsewhere", "gone"),
    ])

    @Test func everyoneStandsBelowTheirOwn() {
        #expect(tree.roots == ["province", "elsewhere"])
        #expect(tree.places.map(\.unit) == ["province", "office", "north", "north-1", "north-2", "elsewhere"])
        #expect(tree.places.map(\.depth) == [0, 1, 1, 2, 2, 0])
        #expect(tree.children(of: "north") == ["north-1", "north-2"])
        #expect(tree.chain(to: "north-2") == ["province", "north", "north-2"])
        #expect(tree.subtree(of: "north") == ["north", "north-1", "north-2"])
        #expect(tree.subtree(of: "office") == ["office"])
    }

    @Test func whatIsNotThereHasNothing() {
        #expect(tree.chain(to: "nobody").isEmpty)
        #expect(tree.subtree(of: "nobody").isEmpty)
        #expect(tree.children(of: "nobody").isEmpty)
    }

    @Test func noListOfUnitsLosesOrDoublesOne() {
        for _ in 0..<300 {
            let names = (0..<Int.random(in: 0...12)).map { "u\($0)" }
            // Parents at random: circles, oneself and strangers among them.
            let tree = UnitTree(names.map { ($0, Bool.random() ? "u\(Int.random(in: 0...14))" : nil) })
            #expect(tree.places.map(\.unit).sorted() == names.sorted())
            for name in names {
                let chain = tree.chain(to: name)
                #expect(chain.last == name && tree.roots.contains(chain.first ?? ""))
                #expect(Set(chain).count == chain.count)
                #expect(chain.allSatisfy { tree.subtree(of: $0).contains(name) })
            }
            #expect(tree.roots.reduce(0) { $0 + tree.subtree(of: $1).count } == names.count)
        }
    }
}
