package import Keys

/// How a certificate says which agent it belongs to: the URI `haidang:agent:ID` among its alternative names.
package enum AgentIdentity {
    private static let prefix = "haidang:agent:"

    package static func uri(of agent: AgentID) -> String {
        prefix + agent.text
    }

    /// nil unless the URI is exactly of our form.
    package static func agent(of uri: String) -> AgentID? {
        guard uri.hasPrefix(prefix) else { return nil }
        return AgentID(String(uri.dropFirst(prefix.count)))
    }

    /// The agent a certificate belongs to; nil when it names none, several, or one in a form that is not ours.
    ///
    /// Whether the certificate is genuine is another question.
    package static func agent(of certificate: Certificate) -> AgentID? {
        guard certificate.names.uris.count == 1, let uri = certificate.names.uris.first else { return nil }
        return agent(of: uri)
    }
}
