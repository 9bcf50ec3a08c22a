/// Name and password for a digest challenge. The password is in no description.
package struct SIPLogin: Hashable, Sendable {
    package var user: String
    package var password: String

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension SIPLogin: CustomStringConvertible, CustomReflectable {
    package var description: String { "login as \(user)" }
    package var customMirror: Mirror { Mirror(self, children: ["login": description]) }
}
