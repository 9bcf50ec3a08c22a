import Detection
import Testing
import Vocabulary

/// What the engine of alerts holds to, each by an example; `AlertSimulationTests` holds it to the same at random.
@Suite struct AlertEngineTests {
    // 1 ─ backbone; 2 ─ carrier via 1; sites n = 10, 20, … 100: line n via 2, gateway n+1 via n, codec n+2 via n+1.
    static let sites = Array(stride(from: Int64(10), through: 100, by: 10))

    static func province(core: Set<Int64> = [1, 2], maintained: [Int64: Quiet] = [:]) -> Town {
        var assets: [Int64: Dependencies.Asset] = [:]
        let asset = { (id: Int64, via: [[Int64]], site: String, depth: Int) in
            assets[id] = Dependencies.Asset(
                importance: core.contains(id) ? .core : .normal, site: site, depth: depth, via: via,
                reach: [.check(id)])
        }
        asset(1, [], "", 0)
        asset(2, [[1]], "", 0)
        for site in sites {
            asset(site, [[2]], "site-\(site)", 0)
            asset(site + 1, [[site]], "site-\(site)", 1)
            asset(site + 2, [[site + 1]], "site-\(site)", 3)
        }
        return Town(Dependencies(assets), quiet: maintained)
    }

    @Test func aCutLineIsOneProblemAndOneRecoveryOfTheLine() {
        var town = Self.province()
        for id in [12, 11, 10] as [Int64] { town.fail(id) }
        town.pass(60)
        #expect(town.told.map(\.telling) == [.problem])
        #expect(town.told.first?.root == 10 && town.told.first?.affected == [10, 11, 12])
        for id in [10, 11, 12] as [Int64] { town.heal(id) }
        town.pass(10)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
        #expect(town.engine.alerts.isEmpty && town.engine.incidents.isEmpty)
    }

    /// Thirty things over three seconds, a line of them in maintenance, one down before.
    @Test func aCarrierIsOneMessageWithTheRightLists() {
        var town = Self.province(maintained: [
            20: .maintenance("works", until: nil), 21: .maintenance("works", until: nil),
        ])
        town.fail(32)
        town.pass(300)
        #expect(town.told.map(\.root) == [32])
        town.told = []
        for site in Self.sites.reversed() {
            for id in [site + 2, site, site + 1] where id != 32 { town.fail(id) }
            town.pass(0.3)
        }
        town.fail(2)
        town.pass(120)
        #expect(town.told.map(\.telling) == [.problem])
        let scene = town.told.first
        #expect(scene?.root == 2)
        let all = Set(Self.sites.flatMap { [$0, $0 + 1, $0 + 2] } + [2])
        // What stands behind a line in maintenance is held by that; what was down before is an incident of its own.
        #expect(scene?.affected == all.subtracting([20, 21, 22, 32]))
        #expect(scene?.quiet == [20, 21, 22])
        town.told = []
        for id in all.sorted() where id != 32 { town.heal(id) }
        town.pass(120)
        #expect(town.told.map(\.telling) == [.recovery])
        town.heal(32)
        town.pass(1)
        #expect(town.told.map(\.telling) == [.recovery, .recovery])
    }

    @Test func whatDependsOnSomethingInMaintenanceIsHeldByIt() {
        var town = Self.province(maintained: [10: .maintenance("works", until: nil)])
        town.fail(11)
        town.fail(12)
        town.pass(600)
        #expect(town.told.isEmpty && town.engine.alerts.isEmpty && town.engine.silenced.count == 2)
        town.quiet([:])
        town.pass(29)
        #expect(town.told.isEmpty, "patience stood still")
        town.pass(2)
        #expect(town.told.map(\.root) == [11])
        town.heal(11)
        town.heal(12)
        town.pass(1)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
    }

    @Test func maintenanceEndsNoAlertAndHoldsOneThatNobodyWasToldOf() {
        var town = Self.province()
        town.fail(12)
        town.pass(10)
        town.quiet([12: .maintenance("works", until: nil)])
        town.pass(600)
        #expect(town.told.isEmpty)
        town.quiet([:])
        town.pass(29)
        #expect(town.told.isEmpty)
        town.pass(2)
        #expect(town.told.count == 1)
        town.quiet([12: .maintenance("works", until: nil)])
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
    }

    @Test func onlyANewerAnswerReleasesWhatWasHeld() {
        var town = Self.province()
        for id in [10, 11, 12] as [Int64] { town.fail(id) }
        town.pass(60)
        town.heal(10)
        town.heal(11)
        // An answer from before the recovery says nothing.
        town.answer(12, .down, at: town.now - .seconds(30))
        town.pass(40)
        #expect(town.told.map(\.telling) == [.problem])
        town.answer(12, .down, at: town.now)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
        town.pass(29)
        #expect(town.told.count == 2)
        town.pass(2)
        #expect(town.told.map(\.root) == [10, 10, 12])
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .recovery, .problem, .recovery])
    }

    /// Each is a failure of its own; that at many sites is one message.
    @Test(arguments: [3, 4]) func whatIsLeftOverAtManySitesIsOneMessage(sites: Int) {
        var town = Self.province()
        town.fail(2)
        for site in Self.sites { for id in site...(site + 2) { town.fail(id) } }
        town.pass(60)
        #expect(town.told.map(\.root) == [2])
        town.heal(2)
        for site in Self.sites {
            town.heal(site)
            town.heal(site + 1)
            if site > sites * 10 { town.heal(site + 2) }
        }
        for site in Self.sites.prefix(sites) { town.answer(site + 2, .down, at: town.now + .seconds(1)) }
        town.pass(60)
        let left = Self.sites.prefix(sites).map { $0 + 2 }
        #expect(town.told.dropFirst(2).map(\.affected) == (sites < 4 ? left.map { [$0] } : [Set(left)]))
        #expect(town.told.dropFirst(2).allSatisfy { $0.cause == .leftover(town.told[0].incident) })
    }

    @Test func whatIsLeftOverIsNamedForWhatStandsNearestToTheOutside() {
        var assets = Self.province().engine.dependencies.assets
        for id in [11, 12] as [Int64] { assets[id]?.depth = 2 }
        // Nobody has declared that the devices depend on their line.
        for id in [11, 12] as [Int64] { assets[id]?.via = [[2]] }
        var town = Town(Dependencies(assets))
        town.fail(2)
        for id in [10, 11, 12] as [Int64] { town.fail(id) }
        town.pass(60)
        town.heal(2)
        for id in [12, 11, 10] as [Int64] { town.answer(id, .down, at: town.now + .seconds(1)) }
        town.pass(60)
        #expect(town.told.map(\.root) == [2, 2, 10] && town.told.last?.affected == [10, 11, 12])
    }

    @Test func ofARedundantGroupAllMustFail() {
        var town = Town(
            Dependencies([
                1: .init(reach: [.check(1)]), 2: .init(reach: [.check(2)]),
                3: .init(via: [[1, 2]], reach: [.check(3)]),
            ]))
        town.fail(1)
        town.fail(3)
        town.pass(60)
        #expect(Set(town.told.flatMap(\.affected)) == [1, 3] && town.told.count == 2, "one line down explains nothing")
        for id in [1, 3] as [Int64] { town.heal(id) }
        town.told = []
        town.pass(600)
        for id in [1, 2, 3] as [Int64] { town.fail(id) }
        town.pass(60)
        #expect(town.told.contains { $0.affected.contains(3) && $0.affected.count > 1 })
        #expect(!town.told.contains { $0.affected == [3] })
    }

    @Test func ofOneSiteAtOneTimeIsOneMessageAndALikelihood() {
        var town = Town(
            Dependencies([
                1: .init(site: "hall", depth: 3, reach: [.check(1)]),
                2: .init(site: "hall", depth: 1, reach: [.check(2)]),
                3: .init(site: "other", reach: [.check(3)]),
            ]))
        town.fail(1)
        town.pass(2)
        town.fail(2)
        town.fail(3)
        town.pass(60)
        #expect(town.told.map(\.root) == [2, 3] && town.told.first?.affected == [1, 2])
        #expect(town.told.first?.cause == .site("hall"))
    }

    @Test func manyAtOneTimeAreOneMessageThatNamesAllOfThem() {
        var town = Town(
            Dependencies(
                Dictionary(uniqueKeysWithValues: (1...40).map { ($0, .init(site: "s\($0)", reach: [.check($0)])) })))
        for id in 1...40 as ClosedRange<Int64> { town.fail(id) }
        town.pass(60)
        #expect(town.told.count == 1 && town.told.first?.affected.count == 40)
        #expect(town.told.first?.cause == .coincidence)
    }

    @Test func whatAllDependOnAndNobodyAsksIsNamedAsLikely() {
        var assets: [Int64: Dependencies.Asset] = [99: .init()]
        for id in 1...6 as ClosedRange<Int64> { assets[id] = .init(site: "s\(id)", via: [[99]], reach: [.check(id)]) }
        var town = Town(Dependencies(assets))
        for id in 1...3 as ClosedRange<Int64> { town.fail(id) }
        town.pass(60)
        #expect(town.told.map(\.root) == [99] && town.told.first?.cause == .shared(99))
        #expect(town.told.first?.unaffected == [4, 5, 6])
    }

    @Test func degradedThatTurnsDownIsToldAgainOnce() {
        var town = Self.province()
        town.fail(12, .degraded(Reason("slow")))
        town.pass(40)
        town.fail(12)
        town.pass(40)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .worse, .recovery])
    }

    @Test func unknownEndsNothingAndBlamesNobody() {
        var town = Self.province()
        town.fail(12)
        town.pass(40)
        town.take(.unknown(Reason("agent-silent")), 12)
        town.pass(3600)
        #expect(town.told.map(\.telling) == [.problem])
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
    }

    @Test func whoWasToldOfTheChildIsNotToldOfTheParentAgain() {
        var town = Self.province()
        town.fail(12)
        town.pass(40)
        #expect(town.told.map(\.root) == [12])
        // Seen late: it has failed since before its child.
        town.fail(11, since: town.now - .seconds(45))
        town.pass(60)
        #expect(town.told.count == 1)
        town.heal(11)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
        #expect(town.told.last?.root == 11)
    }

    @Test func aParentThatIsAskedLessOftenExplainsWhatBeganBefore() {
        var town = Self.province()
        town.fail(12)
        town.pass(15)
        // It is asked every twenty seconds: when it failed nobody knows any better.
        town.fail(11)
        town.pass(60)
        #expect(town.told.map(\.root) == [11] && town.told.first?.affected == [11, 12])
        #expect(town.decisions.contains { $0.verdict == .caused(by: 11, since: town.now - .seconds(60)) })
    }

    @Test func ofTwoThatWereToldAndBecomeOneBothRecoveriesAreOwed() {
        var town = Self.province()
        town.fail(11, .degraded(Reason("slow")))
        town.pass(40)
        town.fail(12)
        town.pass(40)
        #expect(town.told.map(\.root) == [11, 12])
        // It has been down since before its child failed.
        town.fail(11, since: town.now - .seconds(45))
        town.heal(11)
        town.heal(12)
        #expect(town.told.map(\.telling) == [.problem, .problem, .recovery, .recovery])
        #expect(Set(town.told.map(\.incident)).count == 2 && town.engine.incidents.isEmpty)
    }

    @Test func somethingMoreImportantIsToldToWhoWantsThat() {
        var town = Self.province(core: [12])
        town.fail(10)
        town.fail(11)
        town.pass(40)
        #expect(town.told.map(\.importance) == [.normal])
        town.fail(12, since: town.now - .seconds(30))
        town.pass(40)
        // Held by its line: who is responsible for lines was told, and nobody else is.
        #expect(town.told.map(\.importance) == [.normal])
    }

    private static let flood: ClosedRange<Int64> = 1...1500

    @Test func aFloodIsFoldedAndNothingIsDropped() {
        var assets: [Int64: Dependencies.Asset] = [:]
        for id in Self.flood { assets[id] = .init(site: "s\(id % 500)", reach: [.check(id)]) }
        var town = Town(Dependencies(assets))
        for id in Self.flood { town.fail(id) }
        town.pass(60)
        #expect(town.told.count <= 20)
        #expect(Set(town.told.flatMap(\.affected)).count == Self.flood.count)
        for id in Self.flood { town.heal(id) }
        town.pass(1)
        #expect(town.told.count <= 40 && town.engine.alerts.isEmpty && town.engine.incidents.isEmpty)
    }

    /// Three things in three places, down at three times: the end of the work asks once.
    @Test func workThatIsNotUpInTimeIsAskedForOnce() {
        let works = Quiet.maintenance("works", until: nil)
        var town = Self.province(maintained: [12: works, 22: works, 32: works, 42: works])
        for id in [12, 22, 32, 42] as [Int64] {
            town.fail(id)
            town.pass(400)
        }
        town.heal(42)
        town.quiet([:])
        town.pass(120)
        #expect(town.told.map(\.telling) == [.problem])
        #expect(town.told.first?.affected == [12, 22, 32])
        #expect(town.engine.incidents.values.map(\.overran) == ["works"])
        #expect(town.decisions.filter { $0.verdict == .overran("works") }.count == 3)
        for id in [12, 22, 32] as [Int64] { town.heal(id) }
        town.pass(120)
        #expect(town.told.map(\.telling) == [.problem, .recovery])
    }

    @Test func workThatEndsInOrderSaysNothing() {
        var town = Self.province(maintained: [12: .maintenance("works", until: nil)])
        town.fail(12)
        town.pass(100)
        town.heal(12)
        town.quiet([:])
        town.pass(300)
        #expect(town.told.isEmpty && town.engine.incidents.isEmpty)
    }

    /// A rule's patience holds for what it is for; what is as important beside it is told in its own time.
    @Test func aRuleSaysHowLongAFailureLastsFirst() {
        var assets = Self.province().engine.dependencies.assets
        assets[12]?.patience = .seconds(300)
        assets[22]?.patience = .zero
        var town = Town(Dependencies(assets))
        town.fail(12)
        town.pass(299)
        #expect(town.told.isEmpty)
        town.pass(2)
        #expect(town.told.map(\.affected) == [[12]])
        town.fail(22)
        town.pass(3)
        #expect(town.told.map(\.affected) == [[12], [22]])
        // Together with something that is told sooner it is told with that.
        var both = Town(Dependencies(assets))
        both.fail(12)
        both.fail(11)
        both.pass(31)
        #expect(both.told.map(\.affected) == [[11, 12]])
    }
}
