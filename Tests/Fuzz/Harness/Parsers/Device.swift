import SNMP
import SNMPProbe
import SNMPSettings
import Vocabulary

/// What is made of the variables of a device.
enum DeviceParsers {
    static let all = [
        Parser("encoded") { input in
            // The variables as they stand in an answer.
            let bytes = input.whole()
            let binds = made { () throws(BERProblem) in
                try BERReader.reading(bytes) { reader throws(BERProblem) in
                    try VarBindList(reading: &reader)
                }
            }
            if let binds { read([binds]) }
        },
        Parser("chosen") { input in
            // Two runs of variables that are looked for, by their place in a list.
            var runs: [VarBindList] = [[], []]
            while !input.isEmpty {
                let run = input.flag() ? 1 : 0
                runs[run].append(bind(&input))
            }
            read(runs)
        },
    ]

    private static let knowledge = Knowledge.shared
    private static let checked: SNMPSettings = sound(["interfaces-up": "eth0,1"])
    private static let places: [OID] =
        Survey.greeting + Survey.measured(knowledge.gauges) + Survey.described + Survey.surroundings
        + [PowerSupply.standard, PowerSupply.apc].flatMap { supply in
            [
                [2, 1, 0], [2, 2, 0], [2, 3, 0], [2, 4, 0], [2, 5, 0], [2, 7, 0], [3, 3, 1, 2, 1], [3, 3, 1, 3, 1],
                [4, 4, 1, 2, 1], [4, 4, 1, 3, 1], [4, 4, 1, 4, 1], [4, 4, 1, 5, 1], [4, 1, 0], [2, 1, 1, 0],
                [2, 2, 1, 0], [2, 2, 2, 0], [2, 2, 3, 0], [2, 2, 4, 0], [2, 3, 1, 0], [2, 3, 2, 0], [3, 2, 1, 0],
                [3, 2, 4, 0], [4, 1, 1, 0], [4, 2, 1, 0], [4, 2, 3, 0], [4, 2, 4, 0],
            ].map { supply + $0 }
        }
        + [5, 6, 14, 15, 27].map { UnixResources.memory + [$0, 0] } + [UnixResources.processors + [11, 0]]
        + [2, 3, 4, 5, 6].map { HostResources.storage + [$0] } + [1, 2, 3, 4, 5].map { EntitySensors.table + [$0] }
        + [4, 5, 6, 7, 8, 9, 10].map { Neighbour.lldp + [4, 1, 1, $0] }
        + [3, 4, 5, 6, 7, 8].map { Neighbour.cdp + [$0] }
        + [1, 4, 6, 8, 9].map { PrinterSupplies.table + [$0] }

    private static func bind(_ input: inout Input) -> VarBind {
        let place = places[Int(input.number(as: UInt16.self)) % places.count]
        let arcs = (0..<Int(input.byte() & 15)).map { _ in UInt32(input.byte()) }
        return VarBind(place + arcs, value(&input))
    }

    private static func value(_ input: inout Input) -> SNMPValue {
        switch input.byte() & 15 {
        case 0: .integer(input.number())
        case 1, 2: .integer(Int64(Int8(bitPattern: input.byte())))
        case 3, 4, 5: .octets(input.bytes(Int(input.byte() & 31)))
        case 6: .oid(places[Int(input.byte()) % places.count] + [UInt32(input.byte())])
        case 7: .ipAddress(input.number())
        case 8: .counter32(input.number())
        case 9: .gauge32(input.number())
        case 10: .timeTicks(input.number())
        case 11: .counter64(input.number())
        case 12: .float(Float(bitPattern: input.number()))
        case 13: .double(Double(bitPattern: input.number()))
        case 14: .opaque(input.bytes(Int(input.byte() & 15)))
        default: .endOfMibView
        }
    }

    /// One run after another against the same device.
    private static func read(_ runs: [VarBindList]) {
        var past: DeviceReading.Past?
        var now = ContinuousClock.Instant.now
        for binds in runs {
            var snapshot = Snapshot()
            snapshot.add(binds)
            snapshot.settle()
            let system = SystemGroup(snapshot)
            let reading = DeviceReading(
                snapshot, knowledge.gauges, checked, past: past, upTime: system.upTime, at: now)
            demandNumbers(reading.readings)
            past = reading.past(upTime: system.upTime, at: now)
            now += .seconds(60)
            let interfaces = Interface.all(snapshot)
            let facts = DeviceFacts.facts(
                knowledge.recognition.identity(snapshot), system, interfaces, Neighbour.all(snapshot, interfaces),
                resolved: AddressTables.resolved(snapshot), learned: AddressTables.learned(snapshot),
                parts: EntityTable(snapshot).parts)
            for fact in facts { demand(!fact.path.isEmpty && !fact.value.isEmpty, "a fact without a name or a value") }
        }
    }
}
