import CodecProbe
import CodecSettings
import Documents
import ProbeSettings
import Testing
import Vocabulary

/// What the documents say, and what is made of it.
@Suite struct StatusTests {
    private func settings(_ values: [String: String] = [:]) throws -> CodecSettings {
        try CodecSettings(["secret": "x"].merging(values) { $1 })
    }

    private func facts(_ state: CodecState) -> [String: String] {
        Dictionary(CodecVerdict.facts(state).map { ($0.path, $0.value) }) { first, _ in first }
    }

    @Test func roomOSTellsWhatItIsAndWhatHangsOnIt() throws {
        let state = try Fixture.roomOS("roomos-11.xml")
        #expect(
            facts(state) == [
                "hardware/vendor": "Cisco", "hardware/model": "Room Kit Pro", "hardware/serial": "FOC0001CCCC",
                "os/name": "RoomOS", "os/version": "ce11.14.2.3.0a1b2c3d4e5", "codec/name": "Xã An Bình",
                "interface/lan/mac": "00:50:60:0a:0b:0c", "interface/lan/link": "1000full",
                "neighbour/lan/sw-xa-an-binh.example/port": "Gi1/0/7", "codec/registration/H.323": "192.0.2.20",
                "part/Camera 1/model": "Quad Camera", "part/Camera 1/serial": "FDO0001AAAA",
                "part/Camera 1/version": "S01718-1.0", "part/Display 1/model": "TV-55",
                "part/Display 1/serial": "TV0001", "part/Room Navigator/model": "TouchPanel",
                "part/Room Navigator/serial": "FOC0001BBBB", "part/Room Navigator/version": "ce11.14.2.3",
            ])
        #expect(state.activeCalls == 1 && state.uptime == 86_400 && state.isAsleep == false && state.isMuted == true)
        #expect(CodecVerdict.outcome(of: state, try settings()) == .up, "one registration is enough; a warning is none")
        let readings = CodecVerdict.readings(state).map { "\($0.metric.text) \($0.value)" }
        #expect(readings.contains("codec_registered{by=\"SIP\"} 0.0") && readings.contains("codec_muted 1.0"))
        #expect(readings.contains("codec_connected{part=\"camera\"} 1.0"))
    }

    @Test func tcTellsOfItsGatekeeper() throws {
        let state = try Fixture.roomOS("tc7.xml")
        #expect(facts(state)["hardware/model"] == "Cisco TelePresence SX20" && facts(state)["os/name"] == "TC")
        #expect(
            CodecVerdict.outcome(of: state, try settings())
                == .degraded(
                    Reason(
                        "not-registered", step: "registration", expected: "a registration",
                        got: "H.323 Rejected, Duplicate alias")))
        #expect(CodecVerdict.outcome(of: state, try settings(["expect": "none"])) == .up)
    }

    @Test func videoOSTellsWhatItIs() throws {
        let state = try #require(VideoOSStatus.state(try Fixture.videoOS()))
        let facts = facts(state)
        #expect(
            facts["hardware/vendor"] == "Poly" && facts["hardware/model"] == "G7500" && facts["os/version"] == "4.1.0")
        #expect(facts["hardware/serial"] == "8L0000AAAAAAAA" && facts["interface/lan/link"] == "1000full")
        #expect(facts["codec/registration/SIP"] == "192.0.2.21" && facts["part/Microphone 0/model"] == "Table Mic")
        #expect(state.registrations.map(\.isRegistered) == [true, false])
        #expect(state.activeCalls == 0 && state.isMuted == true && state.isAsleep == false)
        #expect(CodecVerdict.outcome(of: state, try settings(["expect": "registration,camera,microphone"])) == .up)
    }

    @Test func aDocumentOfSomethingElseIsNoState() throws {
        #expect(RoomOSStatus.state(XMLElement("html")) == nil && RoomOSStatus.state(XMLElement("Status")) == nil)
        #expect(VideoOSStatus.state([:]) == nil && VideoOSStatus.state([VideoOSStatus.system: .array([])]) == nil)
    }

    /// One thing wrong at a time.
    @Test(arguments: [
        ("camera-missing", "camera", "a connected camera", "none of 2"),
        ("display-missing", "display", "a connected display", "none of 2"),
        ("component-failed", "temperature", "well", "Critical"),
        ("diagnosis", "MissingDisplay", "no error of its own", "No screen detected"),
    ])
    func whatIsWrongIsNamed(code: String, step: String, expected: String, got: String) throws {
        var state = try Fixture.roomOS("roomos-11.xml")
        switch code {
        case "camera-missing": for index in state.cameras.indices { state.cameras[index].isConnected = false }
        case "display-missing": for index in state.displays.indices { state.displays[index].isConnected = false }
        case "component-failed": state.temperature = .init(word: "Critical", isWell: false)
        default: state.diagnoses = [.init(type: step, words: got, isError: true)]
        }
        let reason = Reason(code, step: step, expected: expected, got: got)
        #expect(CodecVerdict.outcome(of: state, try settings()) == .degraded(reason))
        state.isAsleep = true
        let isDisplay = code == "display-missing"
        #expect(CodecVerdict.outcome(of: state, try settings()) == (isDisplay ? .up : .degraded(reason)))
        if code == "diagnosis" {
            #expect(CodecVerdict.outcome(of: state, try settings(["ignore": "MissingDisplay"])) == .up)
        }
    }

    @Test(arguments: [
        (["device": "huawei"], "device"), (["expect": "camera, tv"], "expect"), (["login": "a:b"], "login"),
        (["secret": ""], "secret"), (["secret": "two words"], "secret"), (["scheme": "gopher"], "scheme"),
    ])
    func whatCannotBeIsSaid(values: [String: String], key: String) throws {
        let error = #expect(throws: SettingsError.self) { try settings(values) }
        #expect(error?.key == key)
    }

    @Test func targetsAreHostsWithOrWithoutAPort() throws {
        for (target, address) in [
            ("codec-1", "codec-1:443"), ("192.0.2.7:8443", "192.0.2.7:8443"), ("2001:db8::1", "[2001:db8::1]:443"),
            ("[2001:db8::1]:443", "[2001:db8::1]:443"),
        ] {
            #expect(try settings().address(of: target) == address)
        }
        #expect(throws: SettingsError.self) { try CodecSettings.validate(target: "https://codec-1/") }
    }

    /// Documents that are cut off or spoilt: an error or a state, never a trap.
    @Test(arguments: ["roomos-11.xml", "tc7.xml", "videoos.json"]) func spoiltBytesNeverTrap(name: String) throws {
        let bytes = try Fixture.bytes(name)
        var seed: UInt64 = 4
        for round in 0..<2000 {
            var spoilt = bytes
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let place = Int(seed >> 33) % spoilt.count
            if round.isMultiple(of: 2) {
                spoilt.removeSubrange(place...)
            } else {
                spoilt[place] = UInt8(seed >> 24 & 0xff)
            }
            do throws(DocumentError) {
                if name.hasSuffix("json") {
                    if case .object(let documents) = try JSONValue(spoilt) { _ = VideoOSStatus.state(documents) }
                } else {
                    _ = RoomOSStatus.state(try XMLElement(document: spoilt))
                }
            } catch {
                #expect(error.offset <= spoilt.count)
            }
        }
    }
}
