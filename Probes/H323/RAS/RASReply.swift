package import Sockets

/// What a gatekeeper answers to GRQ and LRQ (H.225.0: RasMessage): which question, yes or no, and why.
package struct RASReply: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// GCF, with the gatekeeper's own name where it says one.
        case gatekeeperConfirm(identifier: String?)
        case gatekeeperReject(String)
        /// LCF: where calls to the alias go, and what the endpoint is, where that is said.
        case locationConfirm(TransportAddress?, EndpointType?)
        case locationReject(String)
        /// RIP: the answer is still to come.
        case inProgress
        /// XRS: it does not know such a question.
        case unknownMessage
    }

    /// The requestSeqNum of the question.
    package var number: UInt16
    package var kind: Kind
    /// The version of H.225.0 where one is said.
    package var version: Int?

    /// The order of RasMessage.
    private static let (gatekeeperConfirm, gatekeeperReject, locationConfirm, locationReject, unknown, inProgress) =
        (1, 2, 19, 20, 24, 25)

    /// Which question a datagram answers: its first bytes are enough.
    package static func mark(in datagram: [UInt8]) -> UDPMark? {
        do throws(PERFault) {
            let head = try Head(datagram)
            return UDPMark(UInt64(head.number), isFinal: head.index != inProgress)
        } catch {
            return nil
        }
    }

    package init(_ datagram: [UInt8]) throws(PERFault) {
        var head = try Head(datagram)
        number = head.number
        switch head.index {
        case Self.gatekeeperConfirm:
            kind = .gatekeeperConfirm(identifier: try head.gatekeeper(&version))
        case Self.gatekeeperReject:
            _ = try head.gatekeeper(&version)
            kind = .gatekeeperReject(try head.reason(Self.gatekeeperReasons))
        case Self.locationConfirm:
            let address = try TransportAddress(&head.reader)
            try TransportAddress.skip(&head.reader)
            kind = .locationConfirm(address, try head.destination())
        case Self.locationReject: kind = .locationReject(try head.reason(Self.locationReasons))
        case Self.inProgress: kind = .inProgress
        default: kind = .unknownMessage
        }
    }

    /// H.225.0: GatekeeperRejectReason and LocationRejectReason; the first four are their roots.
    private static let gatekeeperReasons = [
        "resourceUnavailable", "terminalExcluded", "invalidRevision", "undefinedReason", "securityDenial",
        "genericDataReason", "neededFeatureNotSupported", "securityError",
    ]
    private static let locationReasons = [
        "notRegistered", "invalidPermission", "requestDenied", "undefinedReason", "securityDenial",
        "aliasesInconsistent", "routeCalltoSCN", "resourceUnavailable", "genericDataReason",
        "neededFeatureNotSupported", "hopCountExceeded", "incompleteAddress", "securityError", "securityDHmismatch",
        "noRouteToDestination", "unallocatedNumber",
    ]

    /// What every answer begins with: which it is, its options, the question's number.
    private struct Head {
        var reader: PERReader
        let index: Int
        let number: UInt16
        private let isExtended: Bool
        private let options: [Bool]

        init(_ datagram: [UInt8]) throws(PERFault) {
            reader = PERReader(datagram[...])
            if try reader.bit() {
                index = try reader.small() + 25
                reader = PERReader(try reader.openType())
            } else {
                index = try reader.bits(5)
            }
            // How many components of the root are optional.
            let count =
                switch index {
                case RASReply.gatekeeperConfirm, RASReply.gatekeeperReject: 2
                case RASReply.locationConfirm, RASReply.locationReject: 1
                case RASReply.unknown: 0
                case RASReply.inProgress: 4
                default: throw PERFault.unsupported
                }
            isExtended = try reader.bit()
            var options: [Bool] = []
            for _ in 0..<count { options.append(try reader.bit()) }
            self.options = options
            number = UInt16(truncatingIfNeeded: try reader.twoOctets() + 1)
        }

        /// protocolIdentifier, nonStandardData, gatekeeperIdentifier.
        mutating func gatekeeper(_ version: inout Int?) throws(PERFault) -> String? {
            version = try UserInformation.version(&reader)
            guard options.first == false else { throw .unsupported }
            guard options.last == true else { return nil }
            let count = try reader.bits(7) + 1
            let text = String(decoding: Self.pairs(try reader.octets(count * 2)), as: UTF16.self)
            return text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : String($0) }
                .joined()
        }

        /// The first four are the root's.
        mutating func reason(_ names: [String]) throws(PERFault) -> String {
            let index = try reader.bit() ? try reader.small() + 4 : try reader.bits(2)
            return names.indices.contains(index) ? names[index] : "reason \(index)"
        }

        /// destinationType is the third extension of LocationConfirm.
        mutating func destination() throws(PERFault) -> EndpointType? {
            guard isExtended, options.first == false else { return nil }
            let extensions = try reader.extensions()
            guard extensions.count > 2, let bytes = extensions[2] else { return nil }
            var reader = PERReader(bytes)
            return try EndpointType(&reader)
        }

        private static func pairs(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
            var units: [UInt16] = []
            var rest = bytes
            while let high = rest.popFirst(), let low = rest.popFirst() {
                units.append(UInt16(high) << 8 | UInt16(low))
            }
            return units
        }
    }
}
