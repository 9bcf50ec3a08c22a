/// A protocol data unit other than the trap of SNMPv1 (RFC 3416 §3, RFC 1157 §4.1).
package struct PDU: Hashable, Sendable {
    /// The raw value is the tag.
    package enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        case get = 0xa0
        case getNext = 0xa1
        case response = 0xa2
        case set = 0xa3
        case getBulk = 0xa5
        case inform = 0xa6
        case trap = 0xa7
        case report = 0xa8
    }

    package var kind: Kind
    package var requestID: Int32
    /// In a GETBULK the non-repeaters.
    package var errorStatus: Int32
    /// In a GETBULK the max-repetitions; else the place of the variable at fault, from 1.
    package var errorIndex: Int32
    package var varBinds: VarBindList

    package init(
        _ kind: Kind, requestID: Int32, errorStatus: Int32 = 0, errorIndex: Int32 = 0, varBinds: VarBindList = []
    ) {
        self.kind = kind
        self.requestID = requestID
        self.errorStatus = errorStatus
        self.errorIndex = errorIndex
        self.varBinds = varBinds
    }

    package init(reading reader: inout BERReader) throws(BERProblem) {
        guard let tag = reader.nextTag else { throw .short }
        guard let kind = Kind(rawValue: tag) else { throw .tag(tag) }
        var contents = try reader.enter(tag)
        self.kind = kind
        requestID = Int32(truncatingIfNeeded: try contents.integer())
        errorStatus = Int32(truncatingIfNeeded: try contents.integer())
        errorIndex = Int32(truncatingIfNeeded: try contents.integer())
        var list = try contents.enter(BERTag.sequence)
        varBinds = try VarBindList(reading: &list)
    }

    package func write(to writer: inout BERWriter) {
        let mark = writer.count
        varBinds.write(to: &writer)
        writer.wrap(BERTag.sequence, since: mark)
        writer.integer(Int64(errorIndex))
        writer.integer(Int64(errorStatus))
        writer.integer(Int64(requestID))
        writer.wrap(kind.rawValue, since: mark)
    }
}

/// The error statuses of RFC 3416 §3 that change what a manager does next.
package enum ErrorStatus {
    package static let tooBig: Int32 = 1
    package static let noSuchName: Int32 = 2
    package static let genErr: Int32 = 5

    /// The name that RFC 3416 gives the status.
    package static func name(_ status: Int32) -> String {
        let names = [
            "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType",
            "wrongLength", "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable",
            "commitFailed", "undoFailed", "authorizationError", "notWritable", "inconsistentName",
        ]
        return names.indices.contains(Int(status)) ? names[Int(status)] : "error \(status)"
    }
}
