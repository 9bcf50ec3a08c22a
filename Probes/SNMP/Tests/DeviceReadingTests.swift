import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import Testing
import Vocabulary

@Suite struct DeviceReadingTests {
    private let begin = ContinuousClock.now

    private func interface(
        octets: UInt64, high: Bool = true, status: Int64 = 1, discontinuity: UInt32 = 0
    ) -> [VarBind] {
        let (table, more) = (Interface.table, Interface.extendedTable)
        return [
            VarBind(table + [2, 7], .octets(Array("Ethernet 7".utf8))), VarBind(table + [7, 7], .integer(1)),
            VarBind(table + [8, 7], .integer(status)), VarBind(table + [5, 7], .gauge32(100_000_000)),
            high
                ? VarBind(more + [6, 7], .counter64(octets))
                : VarBind(table + [10, 7], .counter32(UInt32(truncatingIfNeeded: octets))),
            VarBind(more + [1, 7], .octets(Array("Et7".utf8))), VarBind(more + [19, 7], .timeTicks(discontinuity)),
        ]
    }

    private func reading(
        _ binds: [VarBind], _ settings: [String: String] = [:], past: DeviceReading.Past? = nil, upTime: Int64? = nil,
        after seconds: Int = 0
    ) throws -> DeviceReading {
        var snapshot = Snapshot(VarBindList(binds))
        snapshot.settle()
        return DeviceReading(
            snapshot, [], try SNMPSettings(settings), past: past, upTime: upTime, at: begin + .seconds(seconds))
    }

    private func rate(_ reading: DeviceReading) -> Double? {
        reading.readings.first { $0.metric.text == #"snmp_if_in_octets_per_second{interface="Et7"}"# }?.value
    }

    @Test func countersBecomeRatesByTheDevicesClock() throws {
        let first = try reading(interface(octets: 1000), upTime: 100_000)
        #expect(rate(first) == nil)
        let past = first.past(upTime: 100_000, at: begin)
        // 61 s by the device, 60 s by us.
        let second = try reading(interface(octets: 7100), past: past, upTime: 106_100, after: 60)
        #expect(rate(second) == 100)
    }

    @Test(arguments: [
        (UInt64(4_294_967_000), UInt64(704), false, UInt32(0), 10.0), (1000, 500, true, 0, nil),
        (1000, 7000, true, 5, nil), (0, 100_000_000_000, true, 0, nil),
    ]) func aCounterThatBeganAnewGivesNoRate(
        old: UInt64, new: UInt64, high: Bool, discontinuity: UInt32, expected: Double?
    ) throws {
        let past = try reading(interface(octets: old, high: high)).past(upTime: nil, at: begin)
        let now = try reading(
            interface(octets: new, high: high, discontinuity: discontinuity), past: past, after: 100)
        #expect(rate(now) == expected)
    }

    @Test func aRestartGivesNoRate() throws {
        let past = try reading(interface(octets: 1000), upTime: 100_000).past(upTime: 100_000, at: begin)
        #expect(rate(try reading(interface(octets: 2000), past: past, upTime: 500, after: 60)) == nil)
    }

    /// UPS-MIB, RFC 1628: upsSecondsOnBattery and upsEstimatedMinutesRemaining.
    @Test func numbersThatNoIntegerHoldsEndNothing() throws {
        let reading = try reading(
            [
                VarBind(PowerSupply.standard + [2, 2, 0], .double(1e300)),
                VarBind(PowerSupply.standard + [2, 3, 0], .double(1e300)),
            ], upTime: .max)
        #expect(reading.reason != nil)
        let past = reading.past(upTime: .min, at: begin)
        _ = try self.reading(interface(octets: 1), past: past, upTime: .max, after: 1)
    }

    private func charge(_ percent: Int64) -> [VarBind] {
        [VarBind(PowerSupply.standard + [2, 4, 0], .integer(percent))]
    }

    @Test func aThresholdIsLeftOnlyWhenItIsWellLeft() throws {
        let low = try reading(charge(49))
        #expect(
            low.reason == Reason("battery-low", step: "", expected: "at least 50 %", got: "49 %"))
        let past = low.past(upTime: nil, at: begin)
        #expect(try reading(charge(53), past: past).reason?.code == "battery-low")
        #expect(try reading(charge(56), past: past).reason == nil)
        #expect(try reading(charge(53)).reason == nil)
        #expect(try reading(charge(10), ["battery-percent": "0"]).reason == nil)
    }

    @Test func aSupplyOnBatterySaysSo() throws {
        let root = PowerSupply.standard
        let now = try reading([
            VarBind(root + [4, 1, 0], .integer(5)), VarBind(root + [2, 1, 0], .integer(2)),
            VarBind(root + [2, 3, 0], .integer(40)),
        ])
        #expect(now.reason == Reason("on-battery", step: "output", expected: "well", got: "on battery"))
        #expect(now.readings.contains(Reading(Metric("snmp_battery_runtime_seconds"), 2400)))
    }

    @Test func aPrintersSuppliesAreSharesOfWhatTheyHold() throws {
        let table = PrinterSupplies.table
        let now = try reading([
            VarBind(table + [6, 1, 1], .octets(Array("Black".utf8))), VarBind(table + [8, 1, 1], .integer(2000)),
            VarBind(table + [9, 1, 1], .integer(60)), VarBind(table + [6, 1, 2], .octets(Array("Drum".utf8))),
            VarBind(table + [8, 1, 2], .integer(100)), VarBind(table + [9, 1, 2], .integer(-3)),
        ])
        #expect(now.reason == Reason("supply-low", step: "Black", expected: "at least 5 %", got: "3 %"))
        #expect(now.measurements == [Measurement(.supply, "Black", 0.03)])
    }

    @Test func sensorsAreReadInBaseUnits() throws {
        let (table, names) = (EntitySensors.table, EntityTable.entry + [7])
        let now = try reading([
            VarBind(table + [1, 9], .integer(8)), VarBind(table + [2, 9], .integer(9)),
            VarBind(table + [3, 9], .integer(1)), VarBind(table + [4, 9], .integer(425)),
            VarBind(table + [5, 9], .integer(1)), VarBind(names + [9], .octets(Array("inlet".utf8))),
            VarBind(table + [1, 10], .integer(4)), VarBind(table + [2, 10], .integer(8)),
            VarBind(table + [3, 10], .integer(0)), VarBind(table + [4, 10], .integer(12_000)),
            VarBind(table + [5, 10], .integer(3)),
        ])
        #expect(now.measurements.map(\.name) == ["inlet", "10"])
        #expect(abs((now.measurements.first?.value ?? 0) - 42.5) < 1e-9)
        #expect(now.reason?.code == "component-failed")
    }

    @Test func linuxMemoryLeavesOutWhatCanBeReadAgain() throws {
        let memory = UnixResources.memory
        let now = try reading([
            VarBind(memory + [5, 0], .integer(1000)), VarBind(memory + [6, 0], .integer(100)),
            VarBind(memory + [14, 0], .integer(100)), VarBind(memory + [15, 0], .integer(300)),
        ])
        #expect(now.measurements == [Measurement(.memory, "", 0.5)])
    }

    @Test func neighboursAndAddressesAreRead() throws {
        let remote = Neighbour.lldp + [4, 1, 1]
        let index: [UInt32] = [0, 3, 1]
        var snapshot = Snapshot([
            VarBind(Neighbour.lldp + [3, 7, 1, 2, 3], .integer(5)),
            VarBind(Neighbour.lldp + [3, 7, 1, 3, 3], .octets(Array("Et3".utf8))),
            VarBind(remote + [4] + index, .integer(4)), VarBind(remote + [5] + index, .octets([0, 1, 2, 3, 4, 5])),
            VarBind(remote + [6] + index, .integer(5)), VarBind(remote + [7] + index, .octets(Array("Gi0/1".utf8))),
            VarBind(remote + [9] + index, .octets(Array("core-1".utf8))),
            VarBind(AddressTables.arp + [3, 192, 0, 2, 7], .octets([2, 0, 0, 0, 0, 7])),
            VarBind(AddressTables.bridgePorts + [4], .integer(104)),
            VarBind(AddressTables.bridge + [2, 0, 0, 0, 0, 9], .integer(4)),
        ])
        snapshot.settle()
        #expect(
            Neighbour.all(snapshot, []) == [
                Neighbour(
                    localPort: "Et3", name: "core-1", port: "Gi0/1", chassis: "00:01:02:03:04:05")
            ])
        #expect(AddressTables.resolved(snapshot).map(\.hardware) == ["02:00:00:00:00:07"])
        #expect(AddressTables.learned(snapshot).map(\.interface) == [104])
    }

    @Test func settingsAreChecked() throws {
        let plain = try SNMPSettings([:])
        #expect(plain.version == .v2c && plain.thresholds.processor == 0.95)
        for wrong in [
            ["version": "2"], ["user": "x"], ["version": "3"], ["version": "3", "user": "x", "privacy": "aes"],
            ["version": "3", "user": "x", "auth": "sha"], ["secret": "two words"], ["repetitions": "0"],
            ["community": "public"],
        ] {
            #expect(throws: SettingsError.self) { try SNMPSettings(wrong) }
        }
        for target in ["sw-1", "2001:db8::1", "[2001:db8::1]:1161"] { try SNMPSettings.validate(target: target) }
        #expect(throws: SettingsError.self) { try SNMPSettings.validate(target: "a b") }
    }
}
