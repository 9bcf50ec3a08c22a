import SNMP
import SNMPProbe
import Testing

@Suite struct KnowledgeTests {
    @Test func theEmbeddedFilesAreWholeAndEveryFamilyHasAMaker() {
        #expect(Knowledge.shared.problems == [])
        #expect(Knowledge.shared.gauges.count > 50)
    }

    private func device(
        _ description: String, _ objectID: OID, _ more: [(OID, String)] = []
    ) -> Identity {
        var snapshot = Snapshot([
            VarBind([1, 3, 6, 1, 2, 1, 1, 1, 0], .octets(Array(description.utf8))),
            VarBind([1, 3, 6, 1, 2, 1, 1, 2, 0], .oid(objectID)),
        ])
        snapshot.add(VarBindList(more.map { VarBind($0.0, .octets(Array($0.1.utf8))) }))
        snapshot.settle()
        return Knowledge.shared.recognition.identity(snapshot)
    }

    @Test func aCodecSaysWhatItIsInItsDescription() {
        let codec = device(
            "Cisco Codec\nSoftW: ce9.15.3.26\nMCU: Cisco TelePresence MX300 G2\nDate: 2021-06-24\nS/N: FTT00000000",
            [1, 3, 6, 1, 4, 1, 5596, 150, 6, 4, 1])
        #expect(codec.family == "vccodec" && codec.vendor == "Cisco" && codec.model == "MX300 G2")
        #expect(codec.version == "ce9.15.3.26" && codec.serial == "FTT00000000")
    }

    @Test func arcsAreComparedWhole() {
        // 26840 begins as 2684 does, and is another maker.
        #expect(device("x", [1, 3, 6, 1, 4, 1, 2684, 1]).family == "polycomLens")
        #expect(device("x", [1, 3, 6, 1, 4, 1, 26840, 1]).family == nil)
    }

    @Test func theBetterFittingFamilyWins() {
        let arc: OID = [1, 3, 6, 1, 4, 1, 9, 1, 2494]
        let old = device("Cisco IOS Software, C3560 Software (C3560-X), Version 12.2(55)SE12, RELEASE SOFTWARE", arc)
        #expect(old.family == "ios" && old.version == "12.2(55)SE12")
        let xe = device("Cisco IOS Software [Everest], L3 Software (CAT9K_IOSXE), Version 16.6.7, RELEASE", arc)
        #expect(xe.family == "iosxe" && xe.version == "CAT9K_IOSXE 16.6.7")
    }

    @Test func whatDoesNotSayItsNameHasItFromTheMakersList() {
        let old = device("Cisco Internetwork Operating System Software", [1, 3, 6, 1, 4, 1, 9, 1, 359])
        #expect(old.family == "ios" && old.model == "catalyst2950t24")
        let wall = device("branch 7", [1, 3, 6, 1, 4, 1, 12356, 101, 1, 644])
        #expect(wall.family == "fortigate" && wall.model == "FortiGate 60F")
        // The name in capitals stands on the box, in small letters in its description.
        let juniper = device(
            "Juniper Networks, Inc. srx345 internet router, kernel JUNOS 21.4R3.15, Build date: 2022-08-30",
            [1, 3, 6, 1, 4, 1, 2636, 1, 1, 1, 2, 999])
        #expect(juniper.model == "Juniper SRX345" && juniper.version == "21.4R3.15")
    }

    @Test func whatNoFamilyKnowsIsReadFromTheEntityTable() {
        let root = EntityTable.entry
        let unknown = device(
            "Thing", [1, 3, 6, 1, 4, 1, 99_999, 1],
            [(root + [13, 1], "Model X"), (root + [11, 1], "S1"), (root + [10, 1], "2.0")])
        #expect(unknown.family == nil && unknown.model == "Model X" && unknown.serial == "S1")
        #expect(unknown.version == "2.0")
    }

    @Test(arguments: [
        ("*Version {},*", "IOS, Version 12.2, x", "12.2"), ("{} *", "EX-24 Switch", "EX-24"), ("*", "x", ""),
        ("*-{}.x", "a-b.x.x", "b.x"), ("a{}c{}", "abcd", "b d"), ("{}", " x ", "x"),
        ("*\\nHP {}\\r*", "a\nHP 5500\r\nb", "5500"),
    ]) func patternsKeepWhatTheyShould(pattern: String, text: String, kept: String) {
        #expect(WildcardPattern(pattern).match(text) == kept)
    }

    @Test(arguments: [("abc", "abcd"), ("*x", "y"), ("a*b", "acbd"), ("{},", "no comma"), ("ab*ba", "aba")])
    func patternsRefuseWhatTheyShould(pattern: String, text: String) {
        #expect(WildcardPattern(pattern).match(text) == nil)
    }

    @Test(arguments: [
        "title x", "family a\nfoo bar", "family a\narc x", "family a\nmodel", "family a\nmodel \"<.1\"",
        "family a\nproducts .1 x",
    ])
    func aBadLineIsNamed(text: String) {
        #expect(throws: FamilyReader.Problem.self) { try FamilyReader.read(text) }
    }

    @Test func gaugesReadWhatTheySay() throws {
        let gauges = try Gauge.read(
            """
            processor .9.1 scale 0.01 word CPU
            memory .9.2 free .9.3
            condition .9.4 good 1 absent 5 names .9.5
            """)
        let root: OID = [1, 3, 6, 1, 4, 1, 9]
        var snapshot = Snapshot([
            VarBind(root + [1, 1], .gauge32(40)), VarBind(root + [1, 2], .gauge32(255)),
            VarBind(root + [2, 1], .gauge32(30)), VarBind(root + [3, 1], .gauge32(70)),
            VarBind(root + [4, 1], .integer(3)), VarBind(root + [4, 2], .integer(5)),
            VarBind(root + [5, 1], .octets(Array("Fan 1".utf8))),
        ])
        snapshot.settle()
        let found = gauges.flatMap { $0.measurements(snapshot) }
        #expect(
            found == [
                Measurement(.processor, "CPU 1", 0.4), Measurement(.memory, "1", 0.3),
                Measurement(.condition, "Fan 1", 0, trouble: "state 3"),
            ])
    }
}
