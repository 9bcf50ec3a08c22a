import API
import Hummingbird
import Keys
import Logging
import Storage
import Synchronization
import Vocabulary
import WebUI

/// Signing in and out, and the change of a password.
struct SignInRoutes: Sendable {
    private static let minimumLength = 12
    /// Carries the CSRF token of the sign-in form, which has no session yet.
    private static let formCookie = "haidang_form"

    let services: PageServices
    let attempts: Attempts

    func add(to router: Router<PortalContext>) {
        router.get("sign-in") { request, context in try form(request, context, notice: nil) }
        router.post("sign-in") { request, context in try await signIn(request, context) }
        router.post("sign-out") { request, context in try await signOut(request, context) }
        router.get("password") { request, context in passwordForm(request, context, problem: nil) }
        router.post("password") { request, context in try await changePassword(request, context) }
    }

    private func form(
        _ request: Request, _ context: PortalContext, notice: SignInPage.Notice?, user: String = "",
        returnPath: String? = nil
    ) throws -> Response {
        let csrf = Base64.url.encode(try Random.bytes(24))
        let path = returnPath ?? FormQuery(request)["return"].map { $0.ownPath } ?? "/"
        let page = SignInPage(user: user, notice: notice, returnPath: path)
        var response = Response(html: page.html(for: services.viewer(request, context, csrf: csrf)))
        response.setCookie(
            Cookie(
                name: Self.formCookie, value: csrf, path: "/sign-in", secure: services.sessions.isSecure,
                httpOnly: true,
                sameSite: .strict))
        return response
    }

    private func signIn(_ request: Request, _ context: PortalContext) async throws -> Response {
        let fields = try await Form(request, csrfToken: request.cookies[Self.formCookie]?.value ?? "")
        let (user, path) = (fields["user"], fields["return"].ownPath)
        let now = services.now()
        if let wait = attempts.take(user: user, peer: context.peer, at: now) {
            context.logger.warning(
                "Too many sign-ins", metadata: ["user": "\(user.prefix(64))", "from": "\(context.peer)"])
            var response = try form(request, context, notice: .locked, user: user, returnPath: path)
            response.status = .tooManyRequests
            response.headers[.retryAfter] = String(Int(wait.inSeconds.rounded(.up)))
            return response
        }
        let person = try await services.api.database.read { try PersonStore($0).person(named: user) }
        guard try await services.passwords.isRight(fields["password"], for: person), let person else {
            context.logger.warning(
                "Sign-in refused", metadata: ["user": "\(user.prefix(64))", "from": "\(context.peer)"])
            var response = try form(request, context, notice: .wrong, user: user, returnPath: path)
            response.status = .unauthorized
            return response
        }
        attempts.forgive(user: user)
        let cookie = try await services.sessions.begin(for: person.name, audit: "sign-in")
        var response = Response.redirect(to: person.mustChangePassword ? "/password" : path, type: .normal)
        response.setCookie(cookie)
        return response
    }

    private func signOut(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try await Form(request, csrfToken: context.session?.csrfToken ?? "")
        var response = Response.redirect(to: "/sign-in", type: .normal)
        response.setCookie(try await services.sessions.end(request))
        return response
    }

    private func passwordForm(
        _ request: Request, _ context: PortalContext, problem: ChangePasswordPage.Problem?
    ) -> Response {
        guard let session = context.session else { return .redirect(to: "/sign-in", type: .normal) }
        let page = ChangePasswordPage(
            isForced: session.person.mustChangePassword, minimumLength: Self.minimumLength, problem: problem)
        return services.answer(page, request, context)
    }

    private func changePassword(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let session = context.session else { return .redirect(to: "/sign-in", type: .normal) }
        let fields = try await Form(request, csrfToken: session.csrfToken)
        let (current, new, again) = (fields["current"], fields["new"], fields["again"])
        // The same bucket as signing in: this form, too, tells whether a password is right.
        if attempts.take(user: session.person.name, peer: context.peer, at: services.now()) != nil {
            return passwordForm(request, context, problem: .wrongCurrent)
        }
        guard try await services.passwords.isRight(current, for: session.person) else {
            return passwordForm(request, context, problem: .wrongCurrent)
        }
        if new != again { return passwordForm(request, context, problem: .different) }
        if new == current { return passwordForm(request, context, problem: .sameAsBefore) }
        if new.count < Self.minimumLength { return passwordForm(request, context, problem: .tooShort) }
        if Set(new).count < 5 || new.lowercased().contains(session.person.name.lowercased()) {
            return passwordForm(request, context, problem: .tooCommon)
        }
        let (hash, now, name) = (try await services.passwords.hash(new), services.now(), session.person.name)
        try await services.api.database.write { connection in
            try PersonStore(connection).setPassword(name, hash: hash, mustChange: false, at: now)
            try AuditStore(connection).write(.init(at: now, who: name, action: "change-password", subject: name))
        }
        attempts.forgive(user: name)
        // Every session has ended with the old password; this browser gets a new one.
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(try await services.sessions.begin(for: name, audit: "sign-in"))
        return response
    }
}

/// Limits how often one person's password is guessed, and how often one address guesses.
final class Attempts: Sendable {
    private struct State {
        var perUser = Allowance(capacity: 8, refill: .seconds(60))
        var perPeer = Allowance(capacity: 20, refill: .seconds(20))
    }

    private let state = Mutex(State())

    /// How long to wait; nil when the attempt may be made now.
    func take(user: String, peer: String, at now: Instant) -> Duration? {
        state.withLock { state in
            state.perPeer.take(peer, at: now) ?? state.perUser.take("\(user.prefix(64))", at: now)
        }
    }

    /// A person who proved who they are has all attempts again; their address does not: one account of one's own must
    /// not buy guesses at those of others.
    func forgive(user: String) {
        state.withLock { $0.perUser.forgive("\(user.prefix(64))") }
    }
}
