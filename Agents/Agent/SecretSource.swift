import AgentKit
import Captures
import Credentials
import ProbeKit

/// Where the secret that a check names is found: a path is a file of this machine, any other name came from the collector.
struct SecretSource: Sendable {
    let sent: SentSecrets

    /// All its lines, for a probe whose secret has several parts.
    var lines: SecretReading {
        { [sent] name in
            let text: String
            if name.hasPrefix("/") {
                do throws(StateError) {
                    text = try SecretFile.text(of: name)
                } catch {
                    return .failure(.init("\(error)"))
                }
            } else if let value = sent.value(of: name) {
                text = value
            } else {
                return .failure(.init("the collector sent no secret \(name); `haidang secret set \(name)` sets it"))
            }
            let lines = text.split(whereSeparator: \.isNewline).map(String.init)
            if let capture = Capture.current { lines.forEach(capture.hide) }
            return lines.isEmpty ? .failure(.init("\(name) holds no secret")) : .success(lines)
        }
    }
}
