/// Whom to call.
package struct Contact: Hashable, Sendable {
    package var name: String
    /// As people write it, e.g. `0912 345 678`; empty when unknown.
    package var phone: String

    package init(name: String, phone: String = "") {
        self.name = name
        self.phone = phone
    }
}

/// A contact ready for the `Contact` template.
struct ContactText: Sendable {
    let name: String
    let phone: String?
    let callLink: String?

    init(_ contact: Contact) {
        name = contact.name
        phone = contact.phone.isEmpty ? nil : contact.phone
        callLink = Link.phone(contact.phone)
    }
}
