/// One field of the book: what an office keeps of an asset beside what machines can see of it.
///
/// The raw value is stable: in files, in the API, in storage and as a column of a table.
package enum BookField: String, CaseIterable, Sendable {
    // Of every asset; the owner unit stands with the asset itself.
    case title
    case code
    case serial
    case custodian
    case purchased
    case price
    case warranty
    case note
    // Brought by classes.
    case vendor
    case model
    case carrier
    case bandwidth
    case contract
    case seats
    case expires

    /// What a value of a field is.
    package enum Form: Hashable, Sendable {
        /// One line, this many characters at most.
        case text(longest: Int)
        /// `2023-04-05`.
        case date
        /// Whole đồng.
        case money
        /// A whole number from 0.
        case count
    }

    package var form: Form {
        switch self {
        case .title: .text(longest: 200)
        case .code, .serial, .contract: .text(longest: 100)
        case .custodian, .vendor, .model, .carrier, .bandwidth: .text(longest: 200)
        case .note: .text(longest: 2000)
        case .purchased, .warranty, .expires: .date
        case .price: .money
        case .seats: .count
        }
    }

    /// What every asset has, in the order in which people read it.
    package static let common: [BookField] = [
        .title, .code, .serial, .custodian, .purchased, .price, .warranty, .note,
    ]
}
