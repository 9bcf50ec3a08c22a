/// The fields of the book that both languages word; a field from elsewhere is shown under its own name.
package enum KnownField: String, CaseIterable, Sendable {
    case title, code, serial, custodian, purchased, price, warranty, note
    case vendor, model, carrier, bandwidth, contract, seats, expires

    /// What is said of a value beside the value itself.
    enum Form: Sendable {
        case text
        case date
        /// A date after which something is over.
        case end
        case money
        case count
    }

    var form: Form {
        switch self {
        case .purchased: .date
        case .warranty, .expires: .end
        case .price: .money
        case .seats: .count
        case .title, .code, .serial, .custodian, .note, .vendor, .model, .carrier, .bandwidth, .contract: .text
        }
    }
}

extension Words {
    func fieldName(_ code: String) -> String {
        KnownField(rawValue: code).map(field) ?? code
    }
}
