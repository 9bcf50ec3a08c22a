/// Why a change to the people was refused.
package enum PeopleError: Error, Hashable, Sendable, CustomStringConvertible {
    case badName(String)
    case badPurpose
    case taken(String)
    case nobody(String)
    case noUnit(String)
    case unitOfAdministrator
    case firstAdministrator
    case noToken(String, purpose: String)

    package var description: String {
        switch self {
        case .badName(let name):
            "\"\(name)\" is no name: lower-case letters, digits, dot, hyphen and underscore, 64 at most"
        case .badPurpose: "the purpose is empty, too long, or the one that this program uses itself"
        case .taken(let name): "there is a person \"\(name)\" already; `haidang user reset` gives them a new password"
        case .nobody(let name): "there is no person \"\(name)\""
        case .noUnit(let unit): "there is no unit \"\(unit)\"; `haidang apply` declares units"
        case .unitOfAdministrator: "an administrator sees everything: a unit goes with the role reader"
        case .firstAdministrator:
            "\(FirstAdministrator.name) stays: the command line on this machine acts in their name"
        case .noToken(let name, let purpose): "\(name) has no token for \"\(purpose)\""
        }
    }
}
