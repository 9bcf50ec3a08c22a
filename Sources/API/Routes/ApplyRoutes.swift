import Hummingbird
import Keys
import NIOCore
import Resources
import Storage
import Vocabulary

/// `POST /api/v1/apply`, `GET /api/v1/export` and `PUT /api/v1/secrets/{name}`: what a person changes by file.
package struct ApplyRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.post("apply") { request, context in
            let caller = try context.requireCaller()
            let isDry = request.uri.queryParameters["dry-run"] == "true"
            let file = request.uri.queryParameters["file"].map(String.init) ?? "file"
            let declarations = try Self.read(try await Self.body(request, upTo: 32 << 20), file: file)
            return try await apply(declarations, by: caller.name, isDry: isDry)
        }
        group.get("export") { _, context in
            let caller = try context.requireCaller()
            let text = try await services.database.read { connection in
                // A route names the secret it logs in with, and its URL may be one: those are administrators' matter.
                let resources = try CurrentResources(connection, scope: caller.scope).all
                return try ResourceWriter.yaml(
                    resources.filter { caller.role == .administrator || $0.kind != .route })
            }
            return Response(
                status: .ok, headers: [.contentType: "application/yaml"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
        group.put("secrets/{name}") { request, context in
            let (caller, name) = (try context.requireCaller(), try context.parameters.require("name"))
            let value = try await Self.body(request, upTo: 16 << 10)
            guard !value.isEmpty else {
                throw Problem(.badRequest, "empty-secret", "the body is the secret, and there is none")
            }
            let sealed = try services.secrets.seal(Array(value.utf8), context: Array("secret:\(name)".utf8))
            let now = services.now()
            let agents = try await services.database.write { connection in
                try SecretStore(connection).put(name, sealed: sealed, at: now)
                try AuditStore(connection).write(.init(at: now, who: caller.name, action: "set-secret", subject: name))
                return try AssetSecretStore(connection).agents(of: name)
            }
            services.onReassigned(agents)
            return try Response(json: ["name": name])
        }
    }

    private func apply(_ declarations: [Declaration], by person: String, isDry: Bool) async throws -> Response {
        let now = services.now()
        do {
            let plan = try await services.database.write { connection in
                let plan = try ApplyPlan.apply(declarations, by: person, at: now, in: connection)
                if isDry { throw DryRun(plan: plan) }
                return plan
            }
            services.onReassigned(plan.reassigned)
            return try Response(json: ["changes": plan.changes])
        } catch let dry as DryRun {
            return try Response(json: ["changes": dry.plan.changes])
        } catch let error as ResourceErrors {
            throw Problem(.unprocessableContent, "not-applicable", error.description)
        }
    }

    private static func read(_ text: String, file: String) throws -> [Declaration] {
        do {
            return try ResourceReader.read(text, file: file)
        } catch {
            throw Problem(.unprocessableContent, "bad-file", error.description)
        }
    }

    private static func body(_ request: Request, upTo limit: Int) async throws -> String {
        let buffer = try await request.body.collect(upTo: limit)
        return String(buffer: buffer)
    }

    /// Thrown to roll a dry run back.
    private struct DryRun: Error {
        var plan: ApplyPlan
    }
}
