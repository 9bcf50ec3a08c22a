import Yams

/// Reads an applied file: YAML documents, each of a kind; everything wrong is told at once, with its line.
package struct ResourceReader {
    private static let apiVersion = "haidang/v1"

    private let file: String
    private var errors: [ResourceError] = []

    package static func read(_ text: String, file: String) throws(ResourceErrors) -> [Declaration] {
        var reader = ResourceReader(file: file)
        let declarations = reader.read(text)
        guard reader.errors.isEmpty else { throw ResourceErrors(errors: reader.errors) }
        return declarations
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func read(_ text: String) -> [Declaration] {
        var declarations: [Declaration] = []
        var seen: Set<String> = []
        do {
            var documents = try Yams.compose_all(yaml: text)
            while let node = documents.next() {
                guard let declaration = declaration(node) else { continue }
                let name = "\(declaration.resource.kind.rawValue) \(declaration.resource.name)"
                if !seen.insert(name).inserted { fail("\(name) stands here twice", at: node.mark?.line) }
                declarations.append(declaration)
            }
            // The sequence ends quietly where the text is no YAML any more.
            if let error = documents.error { fail(error) }
        } catch {
            fail(error)
        }
        return declarations
    }

    private mutating func declaration(_ node: Node) -> Declaration? {
        guard var fields = Fields(node, file: file) else {
            fail("not keys and values", at: node.mark?.line)
            return nil
        }
        let resource = resource(&fields)
        errors += fields.errors
        return resource.map { Declaration($0, file: file, line: fields.line, lines: fields.references) }
    }

    private mutating func fail(_ problem: String, at line: Int?) {
        errors.append(ResourceError(file: file, line: line ?? 0, problem: problem))
    }

    private mutating func fail(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            fail("not YAML: \(problem)", at: mark.line)
        case .duplicatedKeysInMapping(let keys, let context):
            fail("\(keys.joined(separator: ", ")) stands here twice", at: context.mark.line)
        default:
            fail("not YAML: \(error)", at: nil)
        }
    }

    private func resource(_ fields: inout Fields) -> Resource? {
        let version = fields.text("apiVersion")
        if version != Self.apiVersion, !version.isEmpty {
            fields.fail("apiVersion: \"\(version)\" is not \(Self.apiVersion)")
        }
        let kind = fields.text("kind")
        switch Resource.Kind(rawValue: kind) {
        case .unit: return .unit(unit(&fields))
        case .site: return .site(site(&fields))
        case .hours: return .hours(hours(&fields))
        case .asset: return .asset(asset(&fields))
        case .rule: return .rule(rule(&fields))
        case .maintenance: return maintenance(&fields).map(Resource.maintenance)
        case .route: return route(&fields).map(Resource.route)
        case nil:
            fields.fail("kind: \"\(kind)\" is none of: \(Fields.all(Resource.Kind.self))")
            return nil
        }
    }

    func name(_ fields: inout Fields) -> String {
        let line = fields.line
        let name = fields.text("name")
        if !ResourceName.isGood(name) { fields.fail("name: \"\(name)\" is not \(ResourceName.rule)", at: line) }
        return name
    }
}
