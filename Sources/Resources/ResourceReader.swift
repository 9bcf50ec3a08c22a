import HTTPSettings
import ICMPSettings
import Notify
import ProbeSettings
import TCPSettings
import Vocabulary
import Yams

/// Reads an applied file: YAML documents, each of a kind; everything wrong is told at once, with its line.
package struct ResourceReader {
    private static let apiVersion = "haidang/v1"
    private static let kinds = ["Asset", "Route"]

    private let file: String
    private var errors: [ResourceError] = []

    package static func read(_ text: String, file: String) throws(ResourceErrors) -> [Resource] {
        var reader = ResourceReader(file: file)
        let resources = reader.read(text)
        guard reader.errors.isEmpty else { throw ResourceErrors(errors: reader.errors.sorted { $0.line < $1.line }) }
        return resources
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func read(_ text: String) -> [Resource] {
        var resources: [Resource] = []
        var seen: Set<String> = []
        do {
            var documents = try Yams.compose_all(yaml: text)
            while let node = documents.next() {
                guard let resource = resource(node) else { continue }
                if !seen.insert("\(resource.kind) \(resource.name)").inserted {
                    fail("\(resource.kind) \(resource.name) stands here twice", at: node.mark?.line)
                }
                resources.append(resource)
            }
            // The sequence ends quietly where the text is no YAML any more.
            if let error = documents.error { fail(error) }
        } catch {
            fail(error)
        }
        return resources
    }

    private mutating func resource(_ node: Node) -> Resource? {
        guard var fields = Fields(node, file: file) else {
            fail("not keys and values", at: node.mark?.line)
            return nil
        }
        let resource = resource(&fields)
        errors += fields.errors
        return resource
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
        switch kind {
        case "Asset": return .asset(asset(&fields))
        case "Route": return route(&fields).map(Resource.route)
        default:
            fields.fail("kind: \"\(kind)\" is none of: \(Self.kinds.joined(separator: ", "))")
            return nil
        }
    }

    private func asset(_ fields: inout Fields) -> AssetResource {
        var asset = AssetResource(name: name(&fields), assetClass: "")
        let (line, node) = fields.take("class").map { ($0.line, $0.value.string) } ?? (fields.line, "")
        asset.assetClass = node ?? ""
        if !["server", "service"].contains(asset.assetClass) {
            fields.fail("class: \"\(asset.assetClass)\" is none of: server, service", at: line)
        }
        asset.address = target("address", &fields) { text throws(SettingsError) in
            if asset.assetClass == "service", text.contains(":") {
                try TCPSettings.validate(target: text)
            } else {
                try ICMPSettings.validate(target: text)
            }
        }
        asset.url = target("url", &fields) { text throws(SettingsError) in try HTTPSettings.validate(target: text) }
        asset.unit = fields.text("unit", default: "")
        asset.site = fields.text("site", default: "")
        asset.importance = fields.word("importance", default: .normal)
        fields.finish()
        return asset
    }

    private func target(
        _ key: String, _ fields: inout Fields, _ validate: (String) throws(SettingsError) -> Void
    ) -> String {
        guard let (line, value) = fields.take(key) else { return "" }
        guard let text = value.string else {
            fields.fail("\(key) takes one value", at: line)
            return ""
        }
        do throws(SettingsError) {
            try validate(text)
        } catch {
            fields.fail("\(key): \(error.problem)", at: line)
        }
        return text
    }

    /// Lower-case letters, digits and hyphens, at most 63: what stands in paths, files and metrics alike.
    private func name(_ fields: inout Fields) -> String {
        let line = fields.line
        let name = fields.text("name")
        let isGood =
            name.utf8.count <= 63 && name.first != "-" && name.last != "-"
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
        if !isGood {
            fields.fail("name: \"\(name)\" is not lower-case letters, digits and hyphens, 63 at most", at: line)
        }
        return name
    }
}
