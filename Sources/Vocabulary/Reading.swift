/// One measured number of an observation.
package struct Reading: Hashable, Sendable {
    package var metric: Metric
    package var value: Double

    package init(_ metric: Metric, _ value: Double) {
        self.metric = metric
        self.value = value
    }
}

/// What is measured: a name with its base unit in it, Prometheus style, and labels in the order the probe gives them.
///
/// `text` is the identity everywhere (wire, storage, API): `host_filesystem_free_bytes{mount="/var"}`.
package struct Metric: Hashable, Sendable {
    package let text: String

    /// Takes the text form as it stands: what the wire carried.
    package init(text: String) {
        self.text = text
    }

    package init(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) {
        guard !labels.isEmpty else {
            text = name
            return
        }
        let pairs = labels.map { key, value in "\(key)=\"\(escaped(value))\"" }
        text = "\(name){\(pairs.joined(separator: ","))}"
    }

    /// The part before the labels.
    package var name: Substring {
        text.prefix { $0 != "{" }
    }
}

/// Escaped as in the Prometheus text format 0.0.4: backslash, quote and line feed.
private func escaped(_ value: String) -> String {
    var result = ""
    for character in value {
        switch character {
        case "\\": result += "\\\\"
        case "\"": result += "\\\""
        case "\n": result += "\\n"
        default: result.append(character)
        }
    }
    return result
}
