import Glibc
import Sockets
import Testing
import Vocabulary

@Suite struct ICMPEngineTests {
    static func may(_ family: AddressFamily, _ kind: ICMPAvailability.Socket) -> Bool {
        do throws(SystemError) {
            let number: Int32 = family == .ipv4 ? 1 : 58
            _ = try Descriptor(
                socket: family.systemNumber, type: kind == .raw ? SOCK_RAW : SOCK_DGRAM, protocol: number)
            return true
        } catch {
            return false
        }
    }

    static var loopbacks: [(String, ICMPAvailability.Socket)] {
        let all: [(String, AddressFamily, ICMPAvailability.Socket)] = [
            ("127.0.0.1", .ipv4, .raw), ("::1", .ipv6, .raw), ("127.0.0.1", .ipv4, .unprivileged),
            ("::1", .ipv6, .unprivileged),
        ]
        return all.filter { may($0.1, $0.2) }.map { ($0.0, $0.2) }
    }

    @Test(.enabled(if: !ICMPEngineTests.loopbacks.isEmpty, "neither raw nor ping sockets"), arguments: loopbacks)
    func theKernelOnLoopbackAnswers(literal: String, kind: ICMPAvailability.Socket) async throws {
        let engine = try ICMPEngine(program: "", trying: [kind])
        let address = try #require(SocketAddress(literal))
        #expect(engine.availability[address.family] == (kind == .raw ? .raw : .unprivileged))
        let result = await engine.ping(
            address, count: 5, spacing: .milliseconds(5), manner: EchoManner(size: 1400), until: .now + .seconds(10))
        #expect(result.sent == 5)
        #expect(result.received == 5)
        #expect(result.roundTrips.allSatisfy { $0.map { $0 > .zero && $0 < .seconds(10) } ?? false })
        #expect(result.foreign == 0 && result.duplicates == 0 && result.errors.isEmpty && result.refusal == nil)
        engine.close()
    }

    @Test(.enabled(if: may(.ipv4, .raw) || may(.ipv4, .unprivileged), "neither raw nor ping sockets"))
    func twoThousandTargetsAtATimeAllAnswer() async throws {
        let engine = try ICMPEngine(program: "")
        let deadline = ContinuousClock.now + .seconds(20)
        let answered = await withTaskGroup(of: PingResult.self) { group in
            for index in UInt32(0)..<2000 {
                let address = SocketAddress(.ipv4(0x7f00_0000 + 1 + index * 8191))
                group.addTask { await engine.ping(address, until: deadline) }
            }
            var answered = 0
            for await result in group {
                if result.received == 1, result.foreign == 0 { answered += 1 }
            }
            return answered
        }
        #expect(answered == 2000)
    }

    @Test(.enabled(if: may(.ipv4, .raw) || may(.ipv4, .unprivileged), "neither raw nor ping sockets"))
    func twoEnginesDoNotTakeEachOthersReplies() async throws {
        let first = try ICMPEngine(program: "")
        let second = try ICMPEngine(program: "")
        let address = SocketAddress(.ipv4(0x7f00_0001))
        let deadline = ContinuousClock.now + .seconds(20)
        async let one = first.ping(address, count: 50, spacing: .milliseconds(1), until: deadline)
        async let two = second.ping(address, count: 50, spacing: .milliseconds(1), until: deadline)
        for result in await [one, two] {
            #expect(result.received == 50)
            #expect(result.duplicates == 0 && result.foreign == 0 && result.late == 0)
        }
    }

    @Test func aPingWithoutAnyRightSaysSoAtOnceAndWhatWouldHelp() async throws {
        let engine = try ICMPEngine(program: "", trying: [])
        #expect(engine.availability[.ipv4]?.isRefused == true)
        let result = await engine.ping(SocketAddress(.ipv4(0x7f00_0001)), until: .now + .seconds(60))
        #expect(result.sent == 0)
        #expect(engine.blindSpots.count == 1)
    }

    @Test func theRemedyNamesTheProgram() {
        let refused: [AddressFamily: ICMPAvailability] = [.ipv4: .refused("Operation not permitted"), .ipv6: .raw]
        let spots = ICMPAvailability.blindSpots(of: refused, program: "/opt/it's here/agent")
        #expect(spots.map(\.remedy) == [#"setcap cap_net_raw=ep '/opt/it'\''s here/agent'"#])
        #expect(spots.map(\.detail) == ["IPv4: Operation not permitted"])
        #expect(ICMPAvailability.blindSpots(of: [.ipv4: .raw, .ipv6: .unprivileged], program: "/a").isEmpty)
        #expect(
            ICMPAvailability.blindSpots(of: refused, program: "").first?.remedy
                == "sysctl -w net.ipv4.ping_group_range='0 2147483647'")
    }

    @Test(.enabled(if: may(.ipv4, .raw) || may(.ipv4, .unprivileged), "neither raw nor ping sockets"))
    func closingEndsWhatIsUnderWay() async throws {
        let engine = try ICMPEngine(program: "")
        let address = SocketAddress(.ipv4(0x7f00_0001))
        async let long = engine.ping(address, count: 50, spacing: .seconds(60), until: .now + .seconds(3600))
        #expect(await engine.ping(address, until: .now + .seconds(20)).received == 1)
        engine.close()
        engine.close()
        #expect(await long.sent <= 1)
        #expect(await engine.ping(address, until: .now + .seconds(60)).sent == 0)
    }

    @Test(.enabled(if: may(.ipv4, .raw) || may(.ipv4, .unprivileged), "neither raw nor ping sockets"))
    func cancellingThePingerEndsThePing() async throws {
        let engine = try ICMPEngine(program: "")
        let address = SocketAddress(.ipv4(0x7f00_0001))
        let result = await withTaskGroup(of: PingResult.self) { group in
            group.addTask {
                await engine.ping(address, count: 2, spacing: .seconds(3600), until: .now + .seconds(7200))
            }
            group.cancelAll()
            return await group.next()
        }
        #expect((result?.sent ?? 0) <= 1)
    }
}
