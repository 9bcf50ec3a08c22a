import Hummingbird
import Storage
import Vocabulary

/// `POST /api/v1/routes/{name}/test`: whether messages arrive, before one has to.
package struct RouteTestRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.post("routes/{name}/test") { _, context in
            let (caller, name) = (try context.requireAdministrator(), try context.parameters.require("name"))
            let now = services.now()
            let route = try await services.database.write { connection in
                guard let route = try RouteStore(connection).route(named: name) else {
                    throw Problem(.notFound, "no-such-resource", "there is no Route \"\(name)\"")
                }
                try AuditStore(connection).write(
                    .init(at: now, who: caller.name, action: "test-route", subject: name))
                return route
            }
            return try Response(
                json: RouteTest(route: name, ways: try await services.testRoute(route, caller.name)))
        }
    }
}

/// What came of trying a route: each of its channels, the fallback last.
package struct RouteTest: Codable, Sendable {
    package struct Way: Codable, Sendable {
        package enum Result: String, Codable, Sendable {
            case delivered
            /// Trying again can help.
            case retry
            /// Somebody has to change something.
            case refused
        }

        /// `webhook`, `mail`, `telegram`, `zaloOA` or `sms`.
        package var channel: String
        package var result: Result
        /// What was wrong, in the receiver's own words where it had any.
        package var answer: String

        package init(channel: String, result: Result, answer: String) {
            self.channel = channel
            self.result = result
            self.answer = answer
        }
    }

    package var route: String
    package var ways: [Way]
}
