package import Curl
package import HTTPSettings
package import ProbeKit
import ProbeSettings
package import Vocabulary

/// Asks a web address and judges the answer: status, text, header, certificate, speed.
///
/// Every run is a new connection, so that each phase is measured and nothing of the last run helps.
package struct HTTPProbe: Probe {
    private let engine: CurlEngine
    private let trust: TLSOptions.Trust
    private let secrets: SecretReading
    private let now: @Sendable () -> Instant

    /// `trust` says whose certificates count where `verify` is on; `now`, how long one still lasts.
    package init(
        engine: CurlEngine, trust: TLSOptions.Trust = .system, secrets: @escaping SecretReading,
        now: @escaping @Sendable () -> Instant
    ) {
        self.engine = engine
        self.trust = trust
        self.secrets = secrets
        self.now = now
    }

    /// What comes may have to match an expression or be read as JSON, which can take long.
    package func executor(for settings: HTTPSettings) -> (any TaskExecutor)? {
        settings.access == nil && settings.body == nil && settings.absent == nil && settings.values.isEmpty
            ? engine.executor : nil
    }

    package func measure(
        _ target: String, settings: HTTPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        var transfer = settings.transfer(to: target, trust: trust, within: Self.left(until: deadline))
        if let access = settings.access {
            switch secrets(access.secret) {
            case .success(let lines): transfer.letIn(access, by: lines.first ?? "")
            case .failure(let refusal):
                return Answer(.unknown(Reason("no-secret", step: "secret", got: refusal.words)))
            }
        }
        let result = await engine.perform(transfer)
        var judgement = Judgement(settings: settings, now: now())
        if case .failure(let error) = result, error.kind == .unresolved {
            judgement.lookUp = await NameLookUp.ask(HTTPProbe.host(of: target), until: deadline)
        }
        return judgement.answer(result)
    }

    /// A little less than what is left, for the way back.
    private static func left(until deadline: ContinuousClock.Instant) -> Duration {
        max(.milliseconds(1), ContinuousClock.now.duration(to: deadline) - .milliseconds(20))
    }

    private static func host(of target: String) -> String {
        do throws(SettingsError) {
            return try HTTPTarget(target).host
        } catch {
            return ""
        }
    }
}

extension HTTPSettings {
    /// What libcurl is asked to do.
    func transfer(to target: String, trust: TLSOptions.Trust, within time: Duration) -> Transfer {
        var transfer = Transfer(
            target, method: method.rawValue, headers: sentFields.map { Header($0.name, $0.value) },
            body: Array(send.utf8), timeout: time)
        transfer.redirects = redirects
        transfer.bodyLimit = bodyLimit
        transfer.keepsBody = body != nil || absent != nil || !values.isEmpty
        transfer.proxy = proxy
        transfer.version =
            switch version {
            case .any: .negotiated
            case .one: .one
            case .two: .two
            }
        transfer.connection = .fresh
        transfer.family =
            switch family {
            case .any: .any
            case .ipv4: .ipv4
            case .ipv6: .ipv6
            }
        transfer.tls = TLSOptions(trust: verifies ? trust : .anybody, wantsCertificate: true)
        if !transfer.headers.contains(where: { $0.isNamed("user-agent") }) {
            transfer.headers.append(Header("User-Agent", "haidang"))
        }
        return transfer
    }
}

extension Transfer {
    fileprivate mutating func letIn(_ access: HTTPAccess, by secret: String) {
        switch access.scheme {
        case .basic: login = Login(.basic, user: access.login, password: secret)
        case .digest: login = Login(.digest, user: access.login, password: secret)
        case .bearer: headers.append(Header("Authorization", "Bearer \(secret)"))
        }
    }
}
