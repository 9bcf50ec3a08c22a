import Hummingbird
import Resources
import Storage
import Vocabulary

/// `GET /api/v1/secrets`, `DELETE /api/v1/secrets/{name}`: their names and who needs them, never what they are.
package struct SecretRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("secrets") { _, context in
            _ = try context.requireAdministrator()
            return try await services.database.read { connection in
                let uses = try SecretUse.all(in: connection)
                return try Response(
                    json: SecretStore(connection).all().map { secret in
                        SecretDTO(
                            name: secret.name, changed: secret.changed.description, usedBy: uses[secret.name] ?? [])
                    })
            }
        }
        group.delete("secrets/{name}") { _, context in
            let (caller, name) = (try context.requireAdministrator(), try context.parameters.require("name"))
            let now = services.now()
            try await services.database.write { connection in
                let users = try SecretUse.all(in: connection)[name] ?? []
                guard users.isEmpty else {
                    throw Problem(
                        .conflict, "secret-in-use", "\(users.joined(separator: ", ")) logs in with the secret \(name)")
                }
                guard try SecretStore(connection).remove(name) else {
                    throw Problem(.notFound, "no-such-secret", "there is no secret \"\(name)\"")
                }
                try AuditStore(connection).write(
                    .init(at: now, who: caller.name, action: "remove-secret", subject: name))
            }
            return try Response(json: ["name": name])
        }
    }
}

package struct SecretDTO: Codable, Sendable {
    package var name: String
    package var changed: String
    /// What logs in with it, e.g. `Route on-duty`.
    package var usedBy: [String]
}
