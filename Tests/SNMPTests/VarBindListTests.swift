import SNMP
import TestSupport
import Testing

/// What the list says by place is what an array of variables would say.
@Suite struct VarBindListTests {
    /// Names that are near each other, equal ones among them, and values of which some are not there.
    private func some(_ random: inout Dice) -> [VarBind] {
        (0..<random.below(40)).map { number in
            let arcs = (0..<random.below(4)).map { _ in UInt32(random.below(3)) }
            let values: [SNMPValue] = [
                .integer(Int64(number)), .octets([UInt8(number)]), .oid([1, 3]), .noSuchInstance,
            ]
            return VarBind([1, 3] + arcs, values[random.below(4)])
        }
    }

    private static func isSorted(_ left: VarBind, _ right: VarBind) -> Bool { left.oid < right.oid }

    @Test(arguments: 0..<300) func itIsAnArrayOfVariables(seed: Int) {
        var random = Dice(seed: UInt64(seed))
        let binds = some(&random)
        let list = VarBindList(binds)
        #expect(Array(list) == binds)
        #expect(Array(list.present) == binds.filter(\.value.isPresent))
        for (place, bind) in binds.enumerated() {
            #expect(list.value(at: place) == bind.value && list.length(at: place) == bind.oid.count)
            #expect(list.suffix(after: 1, at: place) == Array(bind.oid.arcs.dropFirst()))
            #expect(list.suffix(after: 9, at: place) == [])
            #expect(list.arc(1, at: place) == 3)
        }
        let more = some(&random)
        #expect(Array(VarBindList(joining: [list, [], VarBindList(more), list])) == binds + more + binds)
        var longer = list
        longer.append(contentsOf: VarBindList(more))
        #expect(longer == VarBindList(binds + more))
        #expect(longer.hashValue == VarBindList(binds + more).hashValue)
        #expect(Array(list) == binds, "what was added to a copy is not in the list")
    }

    @Test(arguments: 0..<300) func itsOrderIsThatOfTheNames(seed: Int) {
        var random = Dice(seed: UInt64(seed))
        let binds = some(&random)
        let list = VarBindList(binds)
        var seen: Set<OID> = []
        let sorted = binds.filter { seen.insert($0.oid).inserted }.sorted(by: Self.isSorted)
        let ordered = list.sorted()
        #expect(Array(ordered) == sorted, "of equals the first")
        #expect(ordered.isAscending)
        #expect(list.isAscending == zip(binds, binds.dropFirst()).allSatisfy(Self.isSorted))
        for _ in 0..<20 {
            let oid: OID = [1, 3] + (0..<random.below(4)).map { _ in UInt32(random.below(3)) }
            #expect(ordered.firstPlace(notBefore: oid) == sorted.firstIndex { !($0.oid < oid) } ?? sorted.count)
            for (place, bind) in binds.enumerated() {
                #expect(list.isWithin(oid, at: place) == bind.oid.isWithin(oid))
                #expect(list.isAfter(oid, at: place) == (oid < bind.oid))
            }
        }
    }
}
