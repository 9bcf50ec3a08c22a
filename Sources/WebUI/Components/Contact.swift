/// Whom to call.
package struct Contact: Hashable, Sendable {
    package var name: String
    /// As people write it, e.g. `0912 345 678`; empty when unknown.
    package var phone: String
    package var role: String
    package var mail: String

    package init(name: String, phone: String = "", role: String = "", mail: String = "") {
        self.name = name
        self.phone = phone
        self.role = role
        self.mail = mail
    }
}

/// A contact ready for the `Contact` template.
struct ContactText: Sendable {
    let name: String
    let role: String?
    let phone: String?
    let callLink: String?
    let mail: String?
    let mailLink: String?

    init(_ contact: Contact) {
        name = contact.name
        role = contact.role.isEmpty ? nil : contact.role
        phone = contact.phone.isEmpty ? nil : contact.phone
        callLink = Link.phone(contact.phone)
        mail = contact.mail.isEmpty ? nil : contact.mail
        mailLink = Link.mail(contact.mail)
    }

    /// Name and number alone, for the column of a table.
    init(short contact: Contact) {
        self.init(Contact(name: contact.name, phone: contact.phone))
    }
}
