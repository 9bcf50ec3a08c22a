import Vocabulary

/// The reason codes that both languages word. A code from elsewhere is shown as it stands, never hidden.
package enum KnownReason: String, CaseIterable, Sendable {
    case unstated
    // Reaching the target.
    case timeout
    case noReply = "no-reply"
    case connectionRefused = "connection-refused"
    case connectionReset = "connection-reset"
    case connectFailed = "connect-failed"
    case connectionLost = "connection-lost"
    case unreachable
    case prohibited
    case packetLoss = "packet-loss"
    case pathMTU = "path-mtu"
    case slow
    case highLatency = "high-latency"
    case highJitter = "high-jitter"
    case flapping
    // Names and TLS.
    case nameNotFound = "name-not-found"
    case tlsFailed = "tls-failed"
    case certificateExpired = "certificate-expired"
    case certificateExpiring = "certificate-expiring"
    case certificateName = "certificate-name"
    case certificateUntrusted = "certificate-untrusted"
    case certificateChain = "certificate-chain"
    case certificateWeak = "certificate-weak"
    case tlsVersion = "tls-version"
    case tlsCipher = "tls-cipher"
    case startTLSRefused = "starttls-refused"
    // The answer.
    case status
    case header
    case body
    case notHTTP = "not-http"
    case httpVersion = "http-version"
    case wrongValue = "wrong-value"
    case proxyRefused = "proxy-refused"
    case proxyFailed = "proxy-failed"
    case redirects
    case tooLarge = "too-large"
    case malformed
    case refused
    case authentication
    // What a device says of itself.
    case interfaceDown = "interface-down"
    case onBattery = "on-battery"
    case componentFailed = "component-failed"
    case cpuBusy = "cpu-busy"
    case memoryFull = "memory-full"
    case storageFull = "storage-full"
    case batteryLow = "battery-low"
    case runtimeShort = "runtime-short"
    case supplyLow = "supply-low"
    case incomplete
    case cameraMissing = "camera-missing"
    case microphoneMissing = "microphone-missing"
    case displayMissing = "display-missing"
    case diagnosis
    // What a name server says.
    case noSuchName = "no-such-name"
    case nameExists = "name-exists"
    case noRecords = "no-records"
    case wrongAnswer = "wrong-answer"
    case serverFailure = "server-failure"
    case serialsDiffer = "serials-differ"
    // What a time server says.
    case clockOffset = "clock-offset"
    case clockDistance = "clock-distance"
    case stratum
    // What an exporter says.
    case tooHigh = "too-high"
    case tooLow = "too-low"
    case metricMissing = "metric-missing"
    case tooManySeries = "too-many-series"
    // What a plug-in says, or why it says nothing.
    case pluginWarning = "plugin-warning"
    case pluginCritical = "plugin-critical"
    case pluginUnknown = "plugin-unknown"
    case pluginStatus = "plugin-status"
    case pluginKilled = "plugin-killed"
    case pluginTimeout = "plugin-timeout"
    case tooMuchOutput = "too-much-output"
    case noPluginFolder = "no-plugin-folder"
    case pluginMissing = "plugin-missing"
    case pluginNotExecutable = "plugin-not-executable"
    case pluginWritable = "plugin-writable"
    case pluginUnreadable = "plugin-unreadable"
    case pluginNotStarted = "plugin-not-started"
    case pluginsBusy = "plugins-busy"
    // Whether a device lets itself be asked.
    case noResponse = "no-response"
    case portClosed = "port-closed"
    case accessRefused = "access-refused"
    case noSecret = "no-secret"
    // Conferences: devices, proxies, registrars, gatekeepers.
    case noAnswer = "no-answer"
    case noFinalAnswer = "no-final-answer"
    case notSIP = "not-sip"
    case notH323 = "not-h323"
    case notRegistered = "not-registered"
    case noSuchUser = "no-such-user"
    case nextHopUnavailable = "next-hop-unavailable"
    case nextHopTimeout = "next-hop-timeout"
    case routingLoop = "routing-loop"
    case overloaded
    case serverError = "server-error"
    case loginRefused = "login-refused"
    case gatekeeperUnreachable = "gatekeeper-unreachable"
    case gatekeeperRejects = "gatekeeper-rejects"
    // The machine's own state.
    case filesystemFull = "filesystem-full"
    case memoryLow = "memory-low"
    case unitsFailed = "units-failed"
    case clockUnsynchronised = "clock-unsynchronised"
    // Why it could not be asked.
    case agentSilent = "agent-silent"
    case noRoute = "no-route"
    case noCarrier = "no-carrier"
    case nothingAnswers = "nothing-answers"
    case noSockets = "no-sockets"
    case noLocalSocket = "no-local-socket"
    case noAuthorities = "no-authorities"
    case cannotConnect = "cannot-connect"
    case cannotSend = "cannot-send"
    case cannotRun = "cannot-run"
    case procUnreadable = "proc-unreadable"
    case loginRequired = "login-required"
    case loginUnsupported = "login-unsupported"
    case notARegistrar = "not-a-registrar"
    case notAllowed = "not-allowed"
    case busy
    case resolverFailed = "resolver-failed"
    case resolverTimeout = "resolver-timeout"
    case resolverBusy = "resolver-busy"
    case badTarget = "bad-target"
    case overran
    case notAsked = "not-asked"
    case notYetAsked = "not-yet-asked"
    case stopping
    case cancelled
}

/// The steps of an exchange that both languages word.
package enum KnownStep: String, CaseIterable, Sendable {
    case resolve, connect, starttls, tls, send, request, response, reply, receive, banner, login, body, redirect, open,
        read
    case filesystem, memory, units, clock
    case secret, greeting, registration, camera, microphone, display, temperature
}

extension Words {
    /// A reason as a sentence: what, at which step, what was expected and what came.
    func sentence(_ reason: Reason) -> ReasonText {
        let known = KnownReason(rawValue: reason.code)
        let found = KnownFinding(rawValue: reason.code)
        var headline = known.map(self.reason) ?? found.map(self.finding) ?? reason.code
        if let step = KnownStep(rawValue: reason.step) {
            headline += " (\(self.step(step)))"
        } else if !reason.step.isEmpty {
            headline += " (\(reason.step))"
        }
        return ReasonText(
            headline: headline, code: reason.code, expected: ReasonText.Part(reason.expected, self),
            got: ReasonText.Part(reason.got, self))
    }
}

/// A reason ready for the `Reason` template.
struct ReasonText: Sendable {
    let headline: String
    let code: String
    let expected: Part?
    let got: Part?

    /// What was expected or came: words of ours in the reader's language, or a value and the system's own words.
    struct Part: Sendable {
        let value: String
        let isWords: Bool

        init?(_ text: String, _ words: Words) {
            guard !text.isEmpty else { return nil }
            let said = words.said(text)
            value = said ?? text
            isWords = said != nil
        }
    }
}
