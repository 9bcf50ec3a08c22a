import HostProbe
import HostSettings
import ProbeSettings
import ProcFS
import Testing
import Vocabulary

@Suite struct HostStateTests {
    private func codes(_ state: HostState, _ settings: [String: String] = [:]) throws -> [String] {
        state.reasons(under: try HostSettings(settings)).map(\.code)
    }

    private func use(_ mount: String, used: UInt64, inodes: UInt64 = 0, isReadOnly: Bool = false) -> FilesystemUse {
        FilesystemUse(
            mount: mount, isReadOnly: isReadOnly,
            capacity: Capacity(
                total: 1000, free: 1000 - used, available: 1000 - used, inodes: 1000, freeInodes: 1000 - inodes))
    }

    @Test func aFullFilesystemIsNamedTheFullestFirst() throws {
        var state = HostState()
        state.filesystems = [use("/", used: 949), use("/var", used: 955), use("/srv", used: 10, inodes: 1000)]
        let reason = try #require(state.reasons(under: try HostSettings([:])).first)
        #expect(reason.code == "filesystem-full" && reason.got == "/srv 100 % of inodes, /var 95.5 %")
        #expect(try codes(state, ["filesystem.full": "1"]) == ["filesystem-full"])
    }

    @Test func aReadOnlyFilesystemMayBeFull() throws {
        var state = HostState()
        state.filesystems = [use("/cd", used: 1000, isReadOnly: true)]
        #expect(try codes(state).isEmpty)
    }

    @Test func memoryIsLowBelowThreePercent() throws {
        var state = HostState()
        state.memory = MemoryInfo(parsing: "MemTotal: 100000 kB\nMemAvailable: 2999 kB")
        #expect(try codes(state) == ["memory-low"])
        #expect(try codes(state, ["memory.low": "0"]).isEmpty)
        state.memory = MemoryInfo(parsing: "MemTotal: 100000 kB\nMemAvailable: 3000 kB")
        #expect(try codes(state).isEmpty)
    }

    @Test func failedUnitsAreNamed() throws {
        var state = HostState()
        state.failedUnits = []
        #expect(try codes(state).isEmpty)
        state.failedUnits = (1...12).map { "unit-\($0).service" }
        let reason = try #require(state.reasons(under: try HostSettings([:])).first)
        #expect(reason.code == "units-failed" && reason.got.hasSuffix("unit-10.service and 2 more"))
        #expect(try codes(state, ["units.required": "false"]).isEmpty)
    }

    @Test func anUnsynchronisedClockIsOnlyAReadingUnlessRequired() throws {
        var state = HostState()
        state.clock = ClockStatus(isSynchronised: false, offset: .zero, estimatedError: .zero, maximumError: .zero)
        #expect(try codes(state).isEmpty)
        #expect(try codes(state, ["clock.required": "true"]) == ["clock-unsynchronised"])
    }

    @Test(arguments: [
        ("filesystem.full", "0.4"), ("filesystem.full", "nan"), ("filesystem.full", "95 %"), ("memory.low", "-0.1"),
        ("memory.low", ""), ("clock.required", "maybe"), ("disk.full", "1"),
    ])
    func badSettingsAreRefused(key: String, value: String) {
        let error = #expect(throws: SettingsError.self) { try HostSettings([key: value]) }
        #expect(error?.key == key)
    }

    @Test func aTargetIsRefused() throws {
        try HostSettings.validate(target: "")
        #expect(throws: SettingsError.self) { try HostSettings.validate(target: "web-1") }
    }
}
