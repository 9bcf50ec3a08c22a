/// A value as SQLite stores it.
package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What can stand for a `?` in a statement.
package protocol Bindable {
    var sqlValue: Value { get }
}

extension Value: Bindable {
    package var sqlValue: Value { self }
}

extension Int64: Bindable {
    package var sqlValue: Value { .integer(self) }
}

extension Int: Bindable {
    package var sqlValue: Value { .integer(Int64(self)) }
}

extension UInt64: Bindable {
    /// The same 64 bits: a sequence or stream number beyond `Int64.max` comes back whole through `row.unsigned`.
    package var sqlValue: Value { .integer(Int64(bitPattern: self)) }
}

extension Bool: Bindable {
    package var sqlValue: Value { .integer(self ? 1 : 0) }
}

extension Double: Bindable {
    package var sqlValue: Value { .real(self) }
}

extension String: Bindable {
    package var sqlValue: Value { .text(self) }
}

extension [UInt8]: Bindable {
    package var sqlValue: Value { .blob(self) }
}

extension Optional: Bindable where Wrapped: Bindable {
    package var sqlValue: Value { map(\.sqlValue) ?? .null }
}
