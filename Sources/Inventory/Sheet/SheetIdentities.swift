/// Tells which asset a row is about: by its name, else by its code, else by its title.
///
/// A new asset without a name gets one made of its code or title, numbered when that is taken. The number depends on
/// nothing but the sheet and on which assets there are of another code or title, so that the same sheet again finds
/// the assets that it made.
struct SheetIdentities {
    struct Identity {
        /// nil when the row does not say which asset it is about.
        var name: String?
        var known: SheetAsset?
        var isToldByTitle = false
    }

    private let byName: [String: SheetAsset]
    private let byCode: [String: SheetAsset]
    /// Names that stand in the sheet itself, or were made for earlier rows.
    private var taken: Set<String>
    /// For each name that was made: every number below is taken.
    private var numbers: [String: Int] = [:]

    init(known: [SheetAsset], named: Set<String>) {
        byName = Dictionary(known.map { ($0.name, $0) }) { first, _ in first }
        byCode = Dictionary(known.filter { !$0.code.isEmpty }.map { ($0.code, $0) }) { first, _ in first }
        taken = named
    }

    mutating func identity(of cells: inout SheetCells) -> Identity {
        if let name = cells.filled(.name)?.text {
            guard AssetName.isGood(name) else {
                cells.fail(.name, "a name has lower-case letters, digits and hyphens, \(AssetName.longest) at most")
                return Identity()
            }
            return Identity(name: name, known: byName[name])
        }
        // A name that cannot be read is not made up for.
        if cells.isBroken(.name) { return Identity() }
        if let code = cells.filled(.book(.code))?.text {
            if let known = byCode[code] { return Identity(name: known.name, known: known) }
            let made = AssetName.made(from: code)
            return Identity(name: free(made.isEmpty ? "asset" : made) { _ in false })
        }
        if cells.isBroken(.book(.code)) { return Identity() }
        if let title = cells.filled(.book(.title))?.text {
            let made = AssetName.made(from: title)
            let name = free(made.isEmpty ? "asset" : made) { $0.code.isEmpty && $0.title == title }
            return Identity(name: name, known: byName[name], isToldByTitle: true)
        }
        if !cells.isBroken(.book(.title)) {
            let column = [.name, .book(.code)].first { cells.cell($0) != nil } ?? .book(.title)
            cells.fail(column, "nothing says which asset this is: it has neither a name nor a code nor a title")
        }
        return Identity()
    }

    /// The first name that is free, or borne by a known asset that is the one meant.
    private mutating func free(_ made: String, isMeant: (SheetAsset) -> Bool) -> String {
        var number = numbers[made, default: 1]
        while taken.contains(AssetName.numbered(made, number)) { number += 1 }
        numbers[made] = number
        while true {
            let name = AssetName.numbered(made, number)
            if !taken.contains(name), byName[name].map(isMeant) ?? true {
                taken.insert(name)
                return name
            }
            number += 1
        }
    }
}
