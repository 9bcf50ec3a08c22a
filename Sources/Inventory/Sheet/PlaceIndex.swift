/// Finds a unit or a site by its name, its code, its title, or its title written carelessly, in this order.
struct PlaceIndex {
    private let kind: String
    private let stages: [[String: [SheetPlace]]]

    init(_ kind: String, _ places: [SheetPlace]) {
        self.kind = kind
        let index = { (key: (SheetPlace) -> String) in
            Dictionary(grouping: places.filter { !key($0).isEmpty }, by: key)
        }
        stages = [index(\.name), index(\.code), index(\.title), index(\.title.folded)]
    }

    /// - Throws: `PlaceProblem` when none or more than one is called so.
    func name(of text: String) throws(PlaceProblem) -> String {
        let keys = [text, text, text, text.folded]
        for (stage, key) in zip(stages, keys) {
            guard let found = stage[key] else { continue }
            if found.count == 1 { return found[0].name }
            let names = found.map(\.name).sorted()
            let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
            throw PlaceProblem(
                problem: "\"\(text.prefix(80))\" is what \(names.count) \(kind)s are called; write a name: \(shown)")
        }
        throw PlaceProblem(problem: "no \(kind) has the name, code or title \"\(text.prefix(80))\"")
    }
}

struct PlaceProblem: Error {
    var problem: String
}
