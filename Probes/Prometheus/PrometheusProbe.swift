package import Curl
package import ProbeKit
import ProbeTransfer
package import PrometheusSettings
import Synchronization
import Vocabulary

/// Fetches an exporter's page and keeps the series that are wanted: so Windows, databases and whatever has an exporter are
/// watched.
package struct PrometheusProbe: Probe {
    private let engine: CurlEngine
    private let secrets: SecretReading
    private let broken = BrokenBounds()

    package init(engine: CurlEngine, secrets: @escaping SecretReading) {
        self.engine = engine
        self.secrets = secrets
    }

    package func measure(
        _ target: String, settings: PrometheusSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        var transfer = Transfer(
            target,
            headers: [
                Header("User-Agent", "haidang"),
                Header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
            ],
            timeout: max(.milliseconds(1), ContinuousClock.now.duration(to: deadline) - .milliseconds(20)))
        switch settings.secret.map(secrets) {
        case nil: break
        case .success(let lines): transfer.headers.append(Header("Authorization", "Bearer \(lines.first ?? "")"))
        case .failure(let refusal):
            return Answer(.unknown(Reason("no-secret", step: "secret", got: refusal.words)))
        }
        transfer.bodyLimit = settings.bodyLimit
        transfer.tls.trust = settings.verifies ? .system : .anybody
        transfer.redirects = 3
        switch await engine.perform(transfer) {
        case .failure(let error):
            return Answer(TransferVerdict.outcome(of: error), trace: [error.description])
        case .success(let result):
            return answer(result, target, settings)
        }
    }

    private func answer(_ result: TransferResult, _ target: String, _ settings: PrometheusSettings) -> Answer {
        let trace = ["HTTP \(result.status), \(result.bodySize) bytes from \(result.address)"]
        let duration = Reading(Metric("prometheus_duration_seconds"), result.timings.total.inSeconds)
        switch result.status {
        case 200: break
        case 401, 403:
            return Answer(
                .unknown(
                    Reason("login-refused", step: "login", expected: "to be let in", got: "HTTP \(result.status)")),
                readings: [duration], trace: trace)
        default:
            return Answer(
                .down(Reason("status", step: "response", expected: "HTTP 200", got: "HTTP \(result.status)")),
                readings: [duration], trace: trace)
        }
        let check = BrokenBounds.Check(target: target, settings: settings)
        var verdict = PrometheusVerdict(settings, broken: broken[check])
        do throws(ExpositionReader.Fault) {
            try verdict.read(result.body, isCut: result.isBodyCut)
        } catch {
            return Answer(
                .down(
                    Reason("malformed", step: "body", expected: "a page of an exporter", got: error.description)),
                readings: [duration], trace: trace)
        }
        broken[check] = verdict.brokenBounds
        return Answer(verdict.outcome, readings: [duration] + verdict.readings, trace: trace)
    }
}

/// Which bounds of a check were broken the last time.
private final class BrokenBounds: Sendable {
    struct Check: Hashable, Sendable {
        var target: String
        var settings: PrometheusSettings
    }

    private static let limit = 8192
    private let checks = Mutex<[Check: Set<PrometheusSettings.Bound>]>([:])

    subscript(check: Check) -> Set<PrometheusSettings.Bound> {
        get { checks.withLock { $0[check] ?? [] } }
        set {
            checks.withLock { checks in
                if checks.count >= Self.limit { checks.removeAll() }
                checks[check] = newValue.isEmpty ? nil : newValue
            }
        }
    }
}
