/// The one line that makes a bare Debian a watched machine: it has apt and nothing else that could download.
///
/// No authority vouches for the collector's certificate there, so apt is told not to ask one. The package's SHA-256
/// stands in its place; the token names the key that the agent trusts from then on.
package struct InstallLine: Hashable, Sendable {
    /// `https://HOST:PORT`.
    package var web: String
    /// Of the package, in hexadecimal.
    package var sha256: String
    package var token: String

    package init(web: String, sha256: String, token: String) {
        self.web = web
        self.sha256 = sha256
        self.token = token
    }

    /// Lists of packages are brought up to date where that is possible. The file lies where only root may write: in a
    /// folder that others can use, it could be exchanged after it was verified.
    package var text: String {
        let file = "/var/cache/apt/archives/haidang-agent.deb"
        return "apt-get -qq update; /usr/lib/apt/apt-helper -o Acquire::https::Verify-Peer=false "
            + "-o Acquire::https::Verify-Host=false download-file \(web)/\(AgentPackage.path) \(file) SHA256:\(sha256) "
            + "&& apt-get install -qq -y --no-install-recommends \(file) && haidang-agent enrol \(token)"
    }
}
