import Inventory
import Storage
import Yams

extension ResourceReader {
    func unit(_ fields: inout Fields) -> UnitStore.Unit {
        let name = name(&fields)
        let unit = UnitStore.Unit(
            name: name, title: title(&fields, default: name), level: fields.text("level", default: ""),
            parent: fields.reference("parent", to: .unit), code: fields.text("code", default: ""),
            begins: day("begins", &fields), ends: day("ends", &fields))
        if !unit.begins.isEmpty, !unit.ends.isEmpty, unit.ends < unit.begins {
            fields.fail("ends: \(unit.ends) is before begins: \(unit.begins)")
        }
        fields.finish()
        return unit
    }

    func site(_ fields: inout Fields) -> SiteStore.Site {
        let name = name(&fields)
        var site = SiteStore.Site(
            name: name, title: title(&fields, default: name), address: fields.text("address", default: ""),
            units: fields.references("units", to: .unit))
        let latitude = degrees("latitude", upTo: 90, &fields)
        let longitude = degrees("longitude", upTo: 180, &fields)
        if let latitude, let longitude {
            site.coordinates = .init(latitude: latitude, longitude: longitude)
        } else if latitude != nil || longitude != nil {
            fields.fail("latitude and longitude go together")
        }
        for inner in fields.list("contacts") {
            var contact = inner
            site.contacts.append(self.contact(&contact))
            fields.absorb(contact)
        }
        fields.finish()
        return site
    }

    private func contact(_ fields: inout Fields) -> SiteStore.Contact {
        let contact = SiteStore.Contact(
            name: fields.text("name"), role: fields.text("role", default: ""), phone: fields.text("phone", default: ""),
            mail: fields.text("mail", default: ""))
        if contact.name.trimmedBlanks.isEmpty { fields.fail("a contact has a name") }
        let isDialled = contact.phone.unicodeScalars.allSatisfy { "0123456789+() .-/".unicodeScalars.contains($0) }
        if !isDialled { fields.fail("phone: \"\(contact.phone)\" is no telephone number") }
        if !contact.mail.isEmpty, !contact.mail.contains("@") || contact.mail.contains(where: \.isWhitespace) {
            fields.fail("mail: \"\(contact.mail)\" is no mail address")
        }
        fields.finish()
        return contact
    }

    private func title(_ fields: inout Fields, default fallback: String) -> String {
        let title = fields.text("title", default: fallback)
        return title.isEmpty ? fallback : title
    }

    private func day(_ key: String, _ fields: inout Fields) -> String {
        let line = fields.line(of: key)
        let text = fields.text(key, default: "")
        guard !text.isEmpty else { return "" }
        guard let date = BookDate(text) else {
            fields.fail("\(key): \"\(text)\" is no date such as 2023-04-05", at: line)
            return ""
        }
        return date.description
    }

    private func degrees(_ key: String, upTo most: Double, _ fields: inout Fields) -> Double? {
        let line = fields.line(of: key)
        let text = fields.text(key, default: "")
        guard !text.isEmpty else { return nil }
        guard let number = Double(text), (-most...most).contains(number) else {
            fields.fail("\(key): \"\(text)\" is not degrees from -\(Int(most)) to \(Int(most))", at: line)
            return nil
        }
        return number
    }
}
