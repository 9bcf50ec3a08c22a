import SNMP
import Testing

@Suite struct BERTests {
    private func value(_ bytes: [UInt8]) throws -> SNMPValue {
        try BERReader.reading(bytes) { reader throws(BERProblem) in
            let value = try reader.value()
            try reader.finish()
            return value
        }
    }

    private func bytes(of value: SNMPValue) -> [UInt8] {
        var writer = BERWriter()
        writer.value(value)
        return writer.bytes
    }

    static let values: [(SNMPValue, [UInt8])] = [
        (.integer(0), [2, 1, 0]), (.integer(127), [2, 1, 127]), (.integer(128), [2, 2, 0, 128]),
        (.integer(-1), [2, 1, 255]), (.integer(-129), [2, 2, 255, 127]),
        (.integer(Int64(Int32.min)), [2, 4, 128, 0, 0, 0]),
        (.octets([]), [4, 0]), (.octets([1, 2]), [4, 2, 1, 2]), (.null, [5, 0]),
        (.oid([1, 3, 6, 1]), [6, 3, 0x2b, 6, 1]), (.oid([0, 0]), [6, 1, 0]),
        (.oid([2, 999, 3]), [6, 3, 0x88, 0x37, 3]), (.oid([1, 3, .max]), [6, 6, 0x2b, 0x8f, 255, 255, 255, 127]),
        (.ipAddress(0xc000_0207), [0x40, 4, 192, 0, 2, 7]),
        (.counter32(.max), [0x41, 5, 0, 255, 255, 255, 255]), (.gauge32(0), [0x42, 1, 0]),
        (.timeTicks(256), [0x43, 2, 1, 0]),
        (.counter64(.max), [0x46, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255]),
        (.opaque([1]), [0x44, 1, 1]), (.float(1.5), [0x44, 7, 0x9f, 0x78, 4, 0x3f, 0xc0, 0, 0]),
        (.double(-2), [0x44, 11, 0x9f, 0x79, 8, 0xc0, 0, 0, 0, 0, 0, 0, 0]),
        (.noSuchObject, [0x80, 0]), (.noSuchInstance, [0x81, 0]), (.endOfMibView, [0x82, 0]),
    ]

    @Test func whatIsNoNumberHasNone() {
        #expect(SNMPValue.double(.infinity).number == nil && SNMPValue.float(.nan).number == nil)
        #expect(SNMPValue.double(1e300).number == 1e300)
    }

    @Test(arguments: values) func aValueIsWrittenInTheFewestBytesAndReadBack(known: SNMPValue, wire: [UInt8]) throws {
        #expect(bytes(of: known) == wire)
        #expect(try value(wire) == known)
    }

    @Test(arguments: [
        ([2, 5, 255, 255, 255, 255, 255], SNMPValue.integer(-1)), ([2, 0x81, 1, 7], .integer(7)),
        ([2, 0x84, 0, 0, 0, 1, 7], .integer(7)), ([2, 4, 0, 0, 0, 7], .integer(7)),
        ([0x41, 4, 255, 255, 255, 255], .counter32(.max)), ([0x42, 1, 255], .gauge32(255)),
        ([0x46, 8, 255, 255, 255, 255, 255, 255, 255, 255], .counter64(.max)),
        ([0x40, 0], .octets([])), ([0x47, 1, 7], .gauge32(7)), ([6, 0], .oid([0, 0])),
        ([0x44, 7, 0x9f, 0x78, 5, 0, 0, 0, 0], .opaque([0x9f, 0x78, 5, 0, 0, 0, 0])),
    ]) func whatAgentsGetWrongIsReadAsTheyMeanIt(wire: [UInt8], meant: SNMPValue) throws {
        #expect(try value(wire) == meant)
    }

    @Test(arguments: [
        [], [2], [2, 1], [2, 0], [2, 0x80, 1], [2, 0x85, 0, 0, 0, 0, 1, 7], [2, 0x84, 255, 255, 255, 255],
        [6, 1, 0x80], [6, 2, 0x2b, 0x80], [6, 7, 0x2b, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0x30, 0], [0xff, 0],
        [0x41, 0], [0x41, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]) func whatIsNoValueIsRefused(wire: [UInt8]) {
        #expect(throws: BERProblem.self) { try value(wire) }
    }

    @Test func anOIDWithMoreThan128ArcsIsRefused() throws {
        #expect(throws: BERProblem.self) { try value([6, 0x81, 128, 0x2b] + [UInt8](repeating: 1, count: 127)) }
        #expect(try value([6, 127, 0x2b] + [UInt8](repeating: 1, count: 126)) != .null)
    }

    @Test func anyValueReadsBackAsItWasWritten() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let wanted = SNMPValue.random(using: &random)
            #expect(try value(bytes(of: wanted)) == wanted)
        }
    }

    @Test func oidsAreReadWrittenAndOrdered() throws {
        let oid = try #require(OID(".1.3.6.1.2.1"))
        #expect(oid == OID("1.3.6.1.2.1") && oid.description == "1.3.6.1.2.1")
        #expect(OID("") == nil && OID("1..3") == nil && OID("1.4294967296") == nil && OID("a") == nil)
        #expect(OID([1, 3]) < oid && oid < OID([1, 3, 6, 2]) && !(oid < oid))
        #expect(oid.isWithin([1, 3, 6]) && oid.isWithin(oid) && !OID([1, 3, 60]).isWithin([1, 3, 6]))
        #expect(oid.next == [1, 3, 6, 1, 2, 2] && OID([1, .max]).next == [2] && OID([.max]).next == nil)
        #expect(oid.suffix(below: [1, 3, 6, 1]).map(Array.init) == [2, 1])
    }
}

extension SNMPValue {
    static func random(using random: inout some RandomNumberGenerator) -> SNMPValue {
        let bits = UInt64.random(in: 0 ... .max, using: &random) >> UInt64.random(in: 0..<64, using: &random)
        let bytes = (0..<Int.random(in: 0..<300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .integer(Int64(bitPattern: bits))
        case 1: return .octets(bytes)
        case 2: return .oid(.random(using: &random))
        case 3: return .ipAddress(UInt32(truncatingIfNeeded: bits))
        case 4: return .counter32(UInt32(truncatingIfNeeded: bits))
        case 5: return .gauge32(UInt32(truncatingIfNeeded: bits))
        case 6: return .timeTicks(UInt32(truncatingIfNeeded: bits))
        case 7: return .counter64(bits)
        case 8: return .double(Double(bits))
        default: return .noSuchInstance
        }
    }
}

extension OID {
    static func random(using random: inout some RandomNumberGenerator) -> OID {
        let first = UInt32.random(in: 0...2, using: &random)
        var arcs = [first, UInt32.random(in: 0..<40, using: &random)]
        for _ in 0..<Int.random(in: 0...126, using: &random) {
            arcs.append(UInt32.random(in: 0 ... .max, using: &random) >> UInt32.random(in: 0..<32, using: &random))
        }
        return OID(arcs)
    }
}
