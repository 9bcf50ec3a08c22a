package import Vocabulary

/// What an agent seals into its spool and the collector journals: one unit of idempotence.
package struct Report: Hashable, Sendable {
    /// When it was sealed, on the agent's clock.
    package var sealed: Instant
    package var observations: [Observation]
    package var states: [StateChange]
    package var facts: FactSheet?
    /// On the machine the agent runs on.
    package var findings: [Finding]
    package var paths: [Path]

    package init(
        sealed: Instant, observations: [Observation] = [], states: [StateChange] = [], facts: FactSheet? = nil,
        findings: [Finding] = [], paths: [Path] = []
    ) {
        self.sealed = sealed
        self.observations = observations
        self.states = states
        self.facts = facts
        self.findings = findings
        self.paths = paths
    }
}

/// All facts of one source about one asset at one time: what is absent is no longer so.
package struct FactSheet: Hashable, Sendable {
    /// The asset's name; empty for the machine the agent runs on.
    package var asset: String
    /// Who saw it, e.g. `agent`, `http`.
    package var source: String
    package var seen: Instant
    package var facts: [Fact]

    package init(asset: String, source: String, seen: Instant, facts: [Fact]) {
        self.asset = asset
        self.source = source
        self.seen = seen
        self.facts = facts
    }
}
