import Foundation

/// The ways of one route: the first, and the one that is taken where the first fails. What a route's row holds.
package struct RouteChannels: Codable, Hashable, Sendable {
    /// Whether a message says once a week that somebody watches.
    package enum Proof: String, Codable, CaseIterable, Hashable, Sendable {
        case weekly
        case never
    }

    package var first: ChannelSettings
    package var fallback: ChannelSettings?
    package var proof: Proof

    package init(first: ChannelSettings, fallback: ChannelSettings? = nil, proof: Proof = .weekly) {
        self.first = first
        self.fallback = fallback
        self.proof = proof
    }

    private enum Key: String, CodingKey {
        case first
        case fallback
        case proof
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        // A row that knows of one channel only is that channel.
        guard container.contains(.first) else {
            self.init(first: try ChannelSettings(from: decoder))
            return
        }
        self.init(
            first: try container.decode(ChannelSettings.self, forKey: .first),
            fallback: try container.decodeIfPresent(ChannelSettings.self, forKey: .fallback),
            proof: try container.decodeIfPresent(Proof.self, forKey: .proof) ?? .weekly)
    }

    package func encode(to encoder: any Encoder) throws {
        guard fallback != nil || proof != .weekly else {
            try first.encode(to: encoder)
            return
        }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(first, forKey: .first)
        try container.encodeIfPresent(fallback, forKey: .fallback)
        try container.encode(proof, forKey: .proof)
    }

    /// Both, or the only one.
    package var all: [ChannelSettings] { [first] + (fallback.map { [$0] } ?? []) }

    /// The names of the secrets that they need, each once.
    package var secrets: [String] {
        var seen: Set<String> = []
        return all.flatMap(\.secrets).filter { seen.insert($0).inserted }
    }
}

extension RouteChannels {
    /// From the text in a route's row.
    package init(json: String) throws {
        self = try JSONDecoder().decode(RouteChannels.self, from: Data(json.utf8))
    }

    package var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
