/// What the User-user element of call signalling tells (H.225.0, Annex H: H323-UserInformation).
package struct UserInformation: Hashable, Sendable {
    /// Which body it carries, in the order of `h323-message-body`.
    package enum Body: Int, Sendable {
        case setup, callProceeding, connect, alerting, information, releaseComplete, facility
        // The extensions.
        case progress, empty, status, statusInquiry, setupAcknowledge, notify
    }

    package var body: Body
    /// The version of H.225.0, from 1 to 7; nil where none is said.
    package var version: Int?
    package var endpoint: EndpointType?
    package var reason: ReleaseReason?

    /// Fails when the bytes end too early; what only stands behind what cannot be read is nil.
    package init(_ bytes: [UInt8]) throws(PERFault) {
        var reader = PERReader(bytes[...])
        // H323-UserInformation: extended, user-data; H323-UU-PDU: extended, nonStandardData.
        _ = try reader.bits(4)
        let isExtended = try reader.bit()
        let index = isExtended ? try reader.small() + 7 : try reader.bits(3)
        guard let body = Body(rawValue: index) else { throw .unsupported }
        self.body = body
        if isExtended { reader = PERReader(try reader.openType()) }
        switch body {
        case .callProceeding, .alerting, .progress:
            // extended, h245Address
            _ = try reader.bits(2)
            version = try Self.version(&reader)
            endpoint = try EndpointType(&reader)
        case .connect:
            _ = try reader.bit()
            let hasAddress = try reader.bit()
            version = try Self.version(&reader)
            if hasAddress { try TransportAddress.skip(&reader) }
            endpoint = try EndpointType(&reader)
        case .releaseComplete:
            _ = try reader.bit()
            let hasReason = try reader.bit()
            version = try Self.version(&reader)
            if hasReason { reason = try ReleaseReason(&reader) }
        case .status:
            _ = try reader.bits(3)
            version = try Self.version(&reader)
        default: break
        }
    }

    /// `{itu-t (0) recommendation (0) h (8) 2250 version (0) n}`: the last arc.
    static func version(_ reader: inout PERReader) throws(PERFault) -> Int? {
        let arcs = try reader.objectIdentifier()
        return arcs.count == 4 && arcs.starts(with: [8, 2250, 0]) ? arcs.last : nil
    }
}

/// Why a call was released (H.225.0: ReleaseCompleteReason), by the names used there.
package enum ReleaseReason: Int, Sendable {
    case noBandwidth, gatekeeperResources, unreachableDestination, destinationRejection, invalidRevision, noPermission
    case unreachableGatekeeper, gatewayResources, badFormatAddress, adaptiveBusy, inConf, undefinedReason
    // The extensions.
    case facilityCallDeflection, securityDenied, calledPartyNotRegistered, callerNotRegistered, newConnectionNeeded
    case nonStandardReason, replaceWithConferenceInvite, genericDataReason, neededFeatureNotSupported
    case tunnelledSignallingRejected, invalidCID, securityError, hopCountExceeded

    init?(_ reader: inout PERReader) throws(PERFault) {
        self.init(rawValue: try reader.bit() ? try reader.small() + 12 : try reader.bits(4))
    }

    package var name: String { "\(self)" }
}
