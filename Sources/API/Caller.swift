package import Hummingbird
package import Vocabulary

/// Who a request comes from, and what they may see.
package struct Caller: Hashable, Sendable {
    package var name: String
    package var scope: Scope

    package init(name: String, scope: Scope) {
        self.name = name
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
}
