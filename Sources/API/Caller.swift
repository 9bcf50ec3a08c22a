package import Hummingbird
package import Vocabulary

/// Who a request comes from, and what they may do and see.
package struct Caller: Hashable, Sendable {
    package var name: String
    package var role: Role
    package var scope: Scope

    package init(name: String, role: Role, scope: Scope) {
        self.name = name
        self.role = role
        self.scope = scope
    }
}

/// A request context that knows its caller once somebody has checked.
package protocol CallerContext: RequestContext {
    var caller: Caller? { get set }
}

extension CallerContext {
    /// The caller; without one, 401.
    package func requireCaller() throws -> Caller {
        guard let caller else {
            throw Problem(.unauthorized, "unauthorized", "this needs a token: Authorization: Bearer …")
        }
        return caller
    }

    /// The caller when they are an administrator; 403 for a reader. What changes something is refused to readers
    /// before it gets to its route: this is for what they may not even see.
    package func requireAdministrator() throws -> Caller {
        let caller = try requireCaller()
        guard caller.role == .administrator else { throw Problem.onlyAdministrators }
        return caller
    }
}
