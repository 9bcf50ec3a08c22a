package import Detection
import Foundation
import Vocabulary

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
    package var quiet: QuietHours

    package init(
        first: ChannelSettings, fallback: ChannelSettings? = nil, proof: Proof = .weekly, quiet: QuietHours = .none
    ) {
        self.first = first
        self.fallback = fallback
        self.proof = proof
        self.quiet = quiet
    }

    private enum Key: String, CodingKey {
        case first
        case fallback
        case proof
        case quiet
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
            proof: try container.decodeIfPresent(Proof.self, forKey: .proof) ?? .weekly,
            quiet: try Self.quiet(try container.decodeIfPresent([String: [String]].self, forKey: .quiet) ?? [:]))
    }

    package func encode(to encoder: any Encoder) throws {
        guard fallback != nil || proof != .weekly || !quiet.isNone else {
            try first.encode(to: encoder)
            return
        }
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(first, forKey: .first)
        try container.encodeIfPresent(fallback, forKey: .fallback)
        try container.encode(proof, forKey: .proof)
        guard !quiet.isNone else { return }
        let rules = Importance.allCases.map { ($0.rawValue, quiet.texts($0)) }.filter { !$0.1.isEmpty }
        try container.encode(Dictionary(rules) { first, _ in first }, forKey: .quiet)
    }

    private static func quiet(_ rules: [String: [String]]) throws -> QuietHours {
        try QuietHours(
            rules.reduce(into: [:]) { result, entry in
                guard let importance = Importance(rawValue: entry.key) else {
                    throw CalendarError("\"\(entry.key)\" is no importance")
                }
                result[importance] = try entry.value.map { try DayRule($0) }
            })
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
