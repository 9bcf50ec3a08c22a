import SNMP
import Testing

/// A device as a value: what it answers to a walk.
private struct Device {
    var binds: [VarBind]
    /// So many variables an answer holds at most; more is silence, or `tooBig` where the device is polite.
    var most = Int32.max
    var isPolite = false
    /// What it has and cannot put into an answer: it says that nothing comes there.
    var bad: Set<OID> = []
    private(set) var requests = 0
    private(set) var refusals = 0

    init(_ oids: [OID]) {
        binds = oids.map { VarBind($0, .integer(1)) }
    }

    mutating func answer(_ request: Walk.Request, _ walk: inout Walk) -> VarBindList {
        requests += 1
        guard request.places.isEmpty else {
            return walk.take(
                VarBindList(
                    request.places.map { place in
                        let next = binds.first { place < $0.oid }
                        return next.flatMap { bad.contains($0.oid) ? nil : $0 } ?? VarBind(place, .endOfMibView)
                    }))
        }
        guard let wanted = request.repetitions else {
            guard let next = binds.first(where: { request.after < $0.oid }) else {
                walk.take(error: ErrorStatus.noSuchName)
                return []
            }
            return walk.take([next])
        }
        guard wanted <= most else {
            refusals += 1
            if isPolite { walk.take(error: ErrorStatus.tooBig) } else { walk.timedOut() }
            return []
        }
        let following = binds.filter { request.after < $0.oid }.prefix(Int(wanted))
        var found = Array(following.prefix { !bad.contains($0.oid) })
        while found.count < Int(wanted) { found.append(VarBind(found.last?.oid ?? request.after, .endOfMibView)) }
        return walk.take(VarBindList(found))
    }
}

@Suite struct WalkTests {
    private func oids(_ root: OID, _ count: Int) -> [OID] {
        (1...count).map { root + [UInt32($0)] }
    }

    private func run(_ device: inout Device, _ walk: inout Walk) -> [OID] {
        var all: [OID] = []
        var turns = 0
        while let request = walk.request, turns < 100_000 {
            turns += 1
            all += device.answer(request, &walk).map(\.oid)
        }
        return all
    }

    @Test(arguments: [true, false]) func everythingIsReadOnceAndInOrder(bulk: Bool) {
        let held = oids([1, 3, 1], 60) + oids([1, 3, 2], 30) + oids([1, 3, 9], 7)
        var device = Device(held)
        var walk = Walk([[1]], bulk: bulk)
        #expect(run(&device, &walk) == held)
        #expect(walk.problems.isEmpty && walk.count == 97)
        #expect(device.requests == (bulk ? 4 : 98))
    }

    @Test func onlyTheSubtreesAreTakenAndEmptyOnesCostNothing() {
        let held = oids([1, 3, 1], 3) + oids([1, 3, 5], 40) + oids([1, 3, 9], 2) + oids([1, 4], 2)
        var device = Device(held)
        let roots: [OID] = [[1, 3, 9], [1, 3, 1], [1, 3, 2], [1, 3, 3], [1, 3, 9, 1], [1, 3, 20], [1, 3, 21]]
        var walk = Walk(roots, bulk: true)
        #expect(run(&device, &walk) == oids([1, 3, 1], 3) + oids([1, 3, 9], 2))
        // One shows 1, and that 2 and 3 are empty; one shows 9, and that 20 and 21 are empty.
        #expect(device.requests == 2)
        #expect(walk.problems.isEmpty)
    }

    @Test(arguments: [true, false]) func tooLongAnswersAreAskedForInPieces(isPolite: Bool) {
        let held = oids([1, 3, 1], 500)
        var device = Device(held)
        device.most = 7
        device.isPolite = isPolite
        var walk = Walk([[1, 3]], bulk: true)
        #expect(run(&device, &walk) == held)
        #expect(walk.problems.isEmpty)
        // Growing back is tried ever more seldom.
        #expect(device.refusals <= 5)
        #expect(walk.repetitions.current == 6)
    }

    @Test func repetitionsGrowBackAfterOneLostAnswer() {
        let held = oids([1, 3, 1], 2000)
        var device = Device(held)
        var walk = Walk([[1]], bulk: true)
        _ = walk.request.map { _ in walk.timedOut() }
        #expect(walk.repetitions.current == 12)
        #expect(run(&device, &walk) == held)
        #expect(walk.repetitions.current == 25)
    }

    @Test func aDeviceThatGoesInCirclesIsLeftAndSaidSo() {
        var walk = Walk([[1, 3, 1], [1, 3, 2]], bulk: true)
        let first = walk.take([VarBind([1, 3, 1, 5], .integer(1)), VarBind([1, 3, 1, 4], .integer(1))])
        #expect(first.map(\.oid) == [[1, 3, 1, 5]])
        #expect(walk.problems == [.notIncreasing(after: [1, 3, 1, 5], got: [1, 3, 1, 4])])
        #expect(walk.request?.after == [1, 3, 2])
        // The same OID again is no step either.
        _ = walk.take([VarBind([1, 3, 2], .integer(1))])
        #expect(walk.request == nil && walk.problems.count == 2)
    }

    @Test func silenceEndsASubtreeAndTwoOfThemTheWalk() {
        var walk = Walk([[1, 3, 1], [1, 3, 2], [1, 3, 3]], bulk: false)
        for _ in 0..<3 { walk.timedOut() }
        #expect(walk.request?.after == [1, 3, 2])
        for _ in 0..<3 { walk.timedOut() }
        #expect(walk.request == nil)
        #expect(walk.problems == [.noAnswer(after: [1, 3, 1]), .noAnswer(after: [1, 3, 2])])
    }

    @Test func anErrorEndsItsSubtreeOnly() {
        var walk = Walk([[1, 3, 1], [1, 3, 2]], bulk: true)
        walk.take(error: ErrorStatus.genErr)
        #expect(walk.request?.after == [1, 3, 2])
        #expect(walk.take([]) == [])
        #expect(walk.request == nil)
        #expect(walk.problems == [.error(status: 5, after: [1, 3, 1]), .empty(after: [1, 3, 2])])
    }

    @Test func variablesThatTheAgentStumblesOverAreGoneAround() {
        // A cell, a scalar, and the whole first column of a table.
        let held =
            oids([1, 3, 6, 1, 1], 60) + [[1, 3, 6, 2, 1, 0], [1, 3, 6, 2, 2, 0], [1, 3, 6, 2, 3, 0]]
            + oids([1, 3, 6, 3, 1, 1], 30) + oids([1, 3, 6, 3, 1, 2], 30) + oids([1, 3, 6, 3, 1, 3], 30)
        var device = Device(held)
        device.bad = Set(
            [[1, 3, 6, 1, 1, 30], [1, 3, 6, 1, 1, 31], [1, 3, 6, 2, 2, 0]] + oids([1, 3, 6, 3, 1, 2], 30))
        var walk = Walk([[1]], bulk: true)
        let good = held.filter { !device.bad.contains($0) }
        #expect(run(&device, &walk) == good)
        #expect(walk.problems.isEmpty && walk.count == good.count)
        // Four requests it would have been, three times around, and once at the end.
        #expect(device.requests <= 20)
    }

    @Test func aTrueEndCostsOneMoreQuestion() {
        var device = Device(oids([1, 3, 6, 1, 1], 3))
        var walk = Walk([[1, 3, 6, 1], [1, 3, 6, 7], [1, 3, 6, 8]], bulk: true)
        #expect(run(&device, &walk) == device.binds.map(\.oid))
        #expect(device.requests == 2)
    }

    @Test func aDeviceWithoutEndIsCutOff() {
        var device = Device(oids([1, 3, 1], 500))
        var walk = Walk([[1]], bulk: true, limit: 100)
        #expect(run(&device, &walk).count == 100)
        #expect(walk.problems == [.tooMany(after: [1, 3, 1, 100])])
    }
}
