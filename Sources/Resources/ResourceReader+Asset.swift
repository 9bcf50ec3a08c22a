import Inventory
import ProbeSettings
import Vocabulary
import Yams

extension ResourceReader {
    func asset(_ fields: inout Fields) -> AssetResource {
        var asset = AssetResource(name: name(&fields), assetClass: "")
        let line = fields.line(of: "class")
        asset.assetClass = fields.text("class")
        let known = AssetClass.named(asset.assetClass)
        if known == nil, !asset.assetClass.isEmpty {
            let classes = AssetClass.all.map(\.name).joined(separator: ", ")
            fields.fail("class: \"\(asset.assetClass)\" is none of: \(classes)", at: line)
        }
        asset.address = target("address", &fields) { text throws(SettingsError) in
            try AssetTarget.validate(address: text, for: known)
        }
        asset.url = target("url", &fields) { text throws(SettingsError) in
            try AssetTarget.validate(url: text, for: known)
        }
        asset.answers = answers(&fields, known)
        asset.plugins = plugins(&fields)
        asset.exporter = target("exporter", &fields) { text throws(SettingsError) in
            try AssetTarget.validate(exporter: text, for: known)
        }
        asset.unit = fields.reference("unit", to: .unit)
        asset.site = fields.reference("site", to: .site)
        asset.importance = fields.word("importance", default: .normal)
        asset.hours = fields.reference("hours", to: .hours)
        asset.via = fields.alternatives("via", to: .asset)
        asset.flapping = fields.word("flapping", default: .fold)
        asset.secrets = secrets(&fields, known)
        asset.book = book(&fields, known)
        fields.finish()
        return asset
    }

    private func target(
        _ key: String, _ fields: inout Fields, _ validate: (String) throws(SettingsError) -> Void
    ) -> String {
        let line = fields.line(of: key)
        let text = fields.text(key, default: "")
        guard !text.isEmpty else { return "" }
        do throws(SettingsError) {
            try validate(text)
        } catch {
            fields.fail("\(key): \(error.problem)", at: line)
        }
        return text
    }

    /// `answers: [sip, h323]`
    private func answers(_ fields: inout Fields, _ assetClass: AssetClass?) -> [String] {
        let (line, has) = (fields.line(of: "answers"), fields.has("answers"))
        let known = assetClass?.answerable ?? AssetClass.answerable
        let found = fields.texts("answers").filter { line, text in
            if known.contains(ProbeKind(rawValue: text)) { return true }
            fields.fail("answers: \"\(text)\" is none of: \(known.map(\.rawValue).joined(separator: ", "))", at: line)
            return false
        }.map(\.text)
        if has, known.isEmpty { fields.fail("answers: an asset of this class is asked by its address alone", at: line) }
        return Set(found).sorted()
    }

    /// `plugins: [ssh, mail-queue]`
    private func plugins(_ fields: inout Fields) -> [String] {
        let found = fields.texts("plugins").filter { line, text in
            if ResourceName.isGood(text), !text.isEmpty { return true }
            fields.fail("plugins: \"\(text)\" is no name: \(ResourceName.rule)", at: line)
            return false
        }
        return Set(found.map(\.text)).sorted()
    }

    /// `secrets: {snmp: codecs-ro}`
    private func secrets(_ fields: inout Fields, _ assetClass: AssetClass?) -> [String: String] {
        guard var inner = fields.fields("secrets") else { return [:] }
        var secrets: [String: String] = [:]
        let purposes = (assetClass?.purposes ?? ["codec", "http", "prometheus", "sip", "snmp"]).map(\.rawValue)
        for (key, line, node) in inner.takeRest() {
            guard purposes.contains(key) else {
                let known =
                    purposes.isEmpty
                    ? "an asset of this class is asked without" : "known: \(purposes.joined(separator: ", "))"
                inner.fail("secrets: unknown key \"\(key)\"; \(known)", at: line)
                continue
            }
            guard let name = node.scalarText, ResourceName.isGood(name), !name.isEmpty else {
                inner.fail("secrets: \(key) takes the name of a secret: \(ResourceName.rule)", at: line)
                continue
            }
            secrets[key] = name
        }
        fields.absorb(inner)
        return secrets
    }

    private func book(_ fields: inout Fields, _ assetClass: AssetClass?) -> [BookField: String] {
        guard var inner = fields.fields("book") else { return [:] }
        var book: [BookField: String] = [:]
        let allowed = assetClass?.allFields ?? BookField.allCases
        for (key, line, node) in inner.takeRest() {
            guard let field = BookField(rawValue: key), allowed.contains(field) else {
                let words = allowed.map(\.rawValue).joined(separator: ", ")
                inner.fail("book: \"\(key)\" is none of: \(words)", at: line)
                continue
            }
            guard let text = node.scalarText else {
                inner.fail("\(key) takes one value", at: line)
                continue
            }
            do throws(BookError) {
                let value = try BookValue.normal(text, for: field)
                if !value.isEmpty { book[field] = value }
            } catch {
                inner.fail(error.description, at: line)
            }
        }
        fields.absorb(inner)
        return book
    }
}
