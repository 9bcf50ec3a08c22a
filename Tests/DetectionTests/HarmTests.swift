import Detection
import Testing
import Vocabulary

/// What can be to blame for a failure shows as it does, or worse; only what shows alike is joined by its time alone.
@Suite struct HarmTests {
    private static let lossy = Outcome.degraded(Reason("packet-loss"))

    @Test func aLossyLineIsOneProblemOfTheLineWhoeverIsKnownFirst() {
        var town = AlertEngineTests.province()
        town.fail(12, Self.lossy)
        town.pass(9)
        town.fail(11, Self.lossy)
        town.pass(14)
        town.fail(10, Self.lossy)
        town.pass(90)
        #expect(town.told.isEmpty)
        town.pass(60)
        #expect(town.told.map(\.root) == [10] && town.told.first?.affected == [10, 11, 12])
        // Losses end when they were counted: not all at once.
        town.heal(10)
        town.pass(70)
        for id in [11, 12] as [Int64] { town.heal(id) }
        #expect(town.told.map(\.telling) == [.problem, .recovery])
    }

    /// Its line is seen late, and is worse off than what was told: that is told once more, under the same number.
    @Test func aGraverCauseOfWhatWasToldIsToldAsWorse() {
        var town = AlertEngineTests.province()
        town.fail(12, Self.lossy)
        town.pass(150)
        #expect(town.told.map(\.root) == [12])
        town.fail(11, since: town.now - .seconds(155))
        town.pass(60)
        #expect(town.told.map(\.telling) == [.problem, .worse] && town.told.last?.root == 11)
        #expect(Set(town.told.map(\.incident)).count == 1)
    }

    @Test func whatIsLostLongerThanOnTheLineIsAFailureOfItsOwn() {
        var town = AlertEngineTests.province()
        for id in [10, 11, 12] as [Int64] { town.fail(id, Self.lossy) }
        town.pass(130)
        town.heal(10)
        town.heal(11)
        // One lost answer says nothing of what loses some.
        town.answer(12, .down, at: town.now + .seconds(1))
        town.pass(110)
        #expect(town.told.map(\.root) == [10])
        town.pass(140)
        #expect(town.told.map(\.telling) == [.problem, .recovery, .problem] && town.told.last?.root == 12)
        #expect(town.told.last?.cause == .leftover(town.told[0].incident))
    }

    @Test func aLossyLineExplainsNothingThatIsGone() {
        var town = AlertEngineTests.province()
        for id in [12, 11, 10] as [Int64] { town.fail(id, Self.lossy) }
        town.pass(130)
        #expect(town.told.map(\.root) == [10])
        town.fail(12)
        town.pass(60)
        #expect(town.told.map(\.root) == [10, 12])
    }

    @Test func aLineThatComesAndGoesIsOneProblemOfTheLine() {
        var town = AlertEngineTests.province()
        for _ in 0..<5 {
            for id in [10, 11, 12] as [Int64] { town.fail(id) }
            town.pass(8)
            for id in [11, 10, 12] as [Int64] { town.heal(id) }
            town.pass(8)
        }
        town.pass(600)
        #expect(town.told.map(\.telling) == [.problem, .recovery] && town.told.first?.root == 10)
        #expect(town.told.first?.affected == [10, 11, 12] && town.engine.incidents.isEmpty)
    }

    @Test func whatStaysDownWhenItsLineIsSteadyAgainIsAFailureOfItsOwn() {
        var town = AlertEngineTests.province()
        for round in 0..<4 {
            for id in [10, 11, 12] as [Int64] { town.fail(id) }
            town.pass(8)
            for id in round < 3 ? [11, 10, 12] : [10, 11] as [Int64] { town.heal(id) }
            town.pass(8)
        }
        town.pass(120)
        #expect(town.told.map(\.root) == [10, 12])
    }

    @Test func aServiceThatFailsIsNoPartOfACut() {
        var assets = AlertEngineTests.province().engine.dependencies.assets
        // Nobody has declared what it depends on; that it can be reached is not asked.
        assets[200] = .init(site: "hall")
        var town = Town(Dependencies(assets))
        for site in AlertEngineTests.sites {
            for id in [site, site + 1, site + 2] { town.fail(id) }
        }
        town.fail(2)
        town.fail(200)
        town.pass(60)
        #expect(Set(town.told.map(\.root)) == [2, 200])
        town.heal(200)
        #expect(town.told.last.map { $0.root == 200 && $0.telling == .recovery } == true)
    }

    @Test func twoLinesAtOneTimeAreTwoProblems() {
        var town = AlertEngineTests.province()
        for site in [10, 20] as [Int64] {
            for id in [site, site + 1, site + 2] { town.fail(id) }
        }
        town.pass(60)
        #expect(town.told.map(\.root) == [10, 20])
    }

    @Test(arguments: [[[Int64(101)]], []]) func aDeviceThatFailsAsACarrierIsCutIsAFailureOfItsOwn(via: [[Int64]]) {
        var assets = AlertEngineTests.province().engine.dependencies.assets
        assets[100]?.via = []
        assets[102]?.via = via
        var town = Town(Dependencies(assets))
        // The gateway there answers: whatever is declared, and be it nothing, it is no part of the cut.
        town.fail(102)
        for site in AlertEngineTests.sites where site != 100 {
            for id in [site, site + 1, site + 2] { town.fail(id) }
        }
        town.fail(2)
        town.pass(60)
        #expect(town.told.map(\.root) == [2, 102])
    }

    /// Who was told that a device comes and goes has not heard of the line.
    @Test func aCutThatTakesWhatWasToldForSomethingElseIsTold() {
        var town = AlertEngineTests.province()
        for _ in 0..<3 {
            town.fail(12)
            town.pass(40)
            town.heal(12)
            town.pass(40)
        }
        #expect(town.told.map(\.root).allSatisfy { $0 == 12 } && town.told.last?.telling == .problem)
        town.told = []
        for id in [12, 11, 10] as [Int64] { town.fail(id) }
        town.pass(40)
        #expect(town.told.map(\.root) == [10] && town.told.first?.affected == [10, 11, 12])
        for id in [10, 11, 12] as [Int64] { town.heal(id) }
        town.pass(400)
        #expect(town.told.map(\.telling) == [.problem, .recovery, .recovery] && town.engine.incidents.isEmpty)
    }

    @Test func whatIsKnownToComeAndGoAndIsCutWithItsCarrierIsNoWorse() {
        var town = AlertEngineTests.province()
        for _ in 0..<4 {
            town.fail(10)
            town.pass(8)
            town.heal(10)
            town.pass(8)
        }
        town.pass(100)
        #expect(town.told.map(\.root) == [10])
        for site in AlertEngineTests.sites { town.fail(site) }
        town.fail(2)
        town.pass(200)
        #expect(town.told.map(\.root) == [10, 2] && town.told.map(\.telling) == [.problem, .problem])
    }

    @Test func whatWasWorseForAMomentIsNotTold() {
        var town = AlertEngineTests.province()
        town.fail(12, .degraded(Reason("slow")))
        town.pass(40)
        town.fail(12)
        town.pass(10)
        town.fail(12, .degraded(Reason("slow")))
        town.pass(100)
        #expect(town.told.map(\.telling) == [.problem])
        town.fail(12)
        town.pass(29)
        #expect(town.told.count == 1)
        town.pass(1)
        #expect(town.told.map(\.telling) == [.problem, .worse])
    }

    /// Each stands behind a gateway that works; a message for each would be a flood.
    @Test func eightDevicesAtOnceAreOneMessageWhateverIsDeclared() {
        var town = AlertEngineTests.province()
        for site in AlertEngineTests.sites.prefix(7) { town.fail(site + 2) }
        town.pass(60)
        #expect(town.told.count == 7)
        for site in AlertEngineTests.sites { town.heal(site + 2) }
        town.pass(60)
        town.told = []
        for site in AlertEngineTests.sites.prefix(8) { town.fail(site + 2) }
        town.pass(60)
        #expect(town.told.count == 1 && town.told.first?.cause == .coincidence)
        #expect(town.told.first?.affected.count == 8)
    }

    /// A carrier that fails long after a line explains nothing of what the line took with it.
    @Test func theNearerCauseHoldsWhereTheFurtherOneBeganLater() {
        var town = AlertEngineTests.province()
        town.fail(10)
        let began = town.now
        town.pass(100)
        town.fail(2)
        town.pass(1)
        town.fail(11, since: began)
        town.pass(60)
        #expect(town.told.map(\.root) == [10, 2])
        #expect(town.engine.alerts.values.first { $0.asset == 11 }?.hold == .cause(10))
    }

    /// Which stands behind the carrier, whatever the links say: at one site with what does, or gone at once with it.
    @Test(arguments: [0.5, 6.0]) func aWrongLinkIsLikelyWhereItIsGoneAtOnce(seconds: Double) {
        var assets = AlertEngineTests.province().engine.dependencies.assets
        assets[3] = .init(importance: .core, via: [[1]], reach: [.check(3)])
        assets[100]?.via = [[3]]
        assets[91]?.via = [[20]]
        assets[20]?.via = []
        var town = Town(Dependencies(assets))
        for site in AlertEngineTests.sites where site != 20 && site != 100 {
            for id in [site, site + 1, site + 2] { town.fail(id) }
        }
        town.fail(2)
        town.pass(seconds)
        for site in [20, 100] as [Int64] { for id in [site, site + 1, site + 2] { town.fail(id) } }
        town.pass(60)
        let all = Set(AlertEngineTests.sites.flatMap { [$0, $0 + 1, $0 + 2] } + [2])
        if seconds < 1 {
            #expect(town.told.map(\.root) == [2] && town.told.first?.affected == all)
        } else {
            // It is told beside, and of itself: the way to it works.
            #expect(town.told.map(\.root) == [2, 20, 100])
            #expect(town.told.dropFirst().map(\.cause) == [.beside(town.told[0].incident), .root])
        }
    }
}
