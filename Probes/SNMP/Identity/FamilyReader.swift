import SNMP

/// Reads the families' files: a word, then what it says, a line each; `#` begins a comment.
///
///     family apc
///     title APC Management Module
///     vendor APC
///     arc .318.1.3
///     model "<.318.1.1.1.1.1.1.0> <.318.1.1.1.1.2.1.0>"
///     version descr ~ *PF:{} *
///     serial .318.1.1.1.1.2.3.0
///
/// `products .9.1 24 cisco2508; 25 cisco2509` names what has the object IDs .9.1.24 and .9.1.25: `product` is that name.
/// An OID that begins with a dot lies below 1.3.6.1.4.1. Of several `arc`, `descr` and `mark` lines one must hold, of
/// `not-descr` lines none; of several `model`, `version` and `serial` lines the first that finds something counts.
package struct FamilyReader {
    /// What is wrong with a line.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package var line: Int
        package var problem: String

        package var description: String { "line \(line): \(problem)" }
    }

    package static func read(_ text: String) throws(Problem) -> [Family] {
        var families: [Family] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let content = line.trimmed
            guard !content.isEmpty, !content.hasPrefix("#") else { continue }
            let word = content.prefix { $0 != " " }
            let rest = content.dropFirst(word.count).trimmed
            guard !rest.isEmpty else { throw Problem(line: number, problem: "\(word) says nothing") }
            if word == "family" {
                families.append(Family(name: rest, title: rest, vendor: ""))
                continue
            }
            guard var family = families.popLast() else { throw Problem(line: number, problem: "no family yet") }
            do throws(Refusal) {
                try take(word, rest, into: &family)
            } catch {
                throw Problem(line: number, problem: error.problem)
            }
            families.append(family)
        }
        return families
    }

    private struct Refusal: Error {
        var problem: String
    }

    private static func take(_ word: Substring, _ rest: String, into family: inout Family) throws(Refusal) {
        switch word {
        case "title": family.title = rest
        case "vendor": family.vendor = rest
        case "arc": family.arcs.append(try oid(rest))
        case "descr": family.descriptions.append(WildcardPattern(rest))
        case "not-descr": family.otherDescriptions.append(WildcardPattern(rest))
        case "mark": family.marks.append(try oid(rest))
        case "model": family.model.append(try finder(rest))
        case "version": family.version.append(try finder(rest))
        case "serial": family.serial.append(try finder(rest))
        case "products":
            let base = rest.prefix { $0 != " " }
            let list = try oid(base)
            for entry in rest.dropFirst(base.count).split(separator: ";") {
                let words = entry.trimmed.split(separator: " ", maxSplits: 1)
                guard words.count == 2, let arc = UInt32(words[0]) else { throw Refusal(problem: "product \(entry)") }
                family.products[list, default: [:]][arc] = String(words[1])
            }
        default: throw Refusal(problem: "unknown word \(word)")
        }
    }

    private static func oid(_ text: some StringProtocol) throws(Refusal) -> OID {
        guard let oid = OID(text) else { throw Refusal(problem: "\(text) is no OID") }
        return text.hasPrefix(".") ? OID([1, 3, 6, 1, 4, 1] + oid.arcs) : oid
    }

    private static func finder(_ text: String) throws(Refusal) -> Family.Finder {
        guard text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 else {
            return Family.Finder(pieces: [try said(text)])
        }
        var pieces: [Family.Finder.Piece] = []
        var rest = text.dropFirst().dropLast()
        while let open = rest.firstIndex(of: "<") {
            guard let close = rest[open...].firstIndex(of: ">") else { throw Refusal(problem: "< without >") }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(try said(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return Family.Finder(pieces: pieces)
    }

    private static func said(_ text: String) throws(Refusal) -> Family.Finder.Piece {
        var name = text[...]
        var pattern: WildcardPattern?
        if let tilde = text.firstIndex(of: "~") {
            name = text[..<tilde]
            pattern = WildcardPattern(text[text.index(after: tilde)...].trimmed)
        }
        return .said(try source(name.trimmed), pattern)
    }

    private static func source(_ name: String) throws(Refusal) -> Family.Source {
        switch name {
        case "descr": return .description
        case "descr-upper": return .shoutedDescription
        case "name": return .systemName
        case "object": return .objectID
        case "mac": return .hardwareAddress
        case "product": return .product
        default:
            if name.hasPrefix("entity."), let property = Family.EntityProperty(rawValue: String(name.dropFirst(7))) {
                return .entity(property)
            }
            guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return .variable(try oid(name)) }
            return .indexed(try oid(name[..<open]), by: try oid(name[name.index(after: open)...].dropLast()))
        }
    }
}
