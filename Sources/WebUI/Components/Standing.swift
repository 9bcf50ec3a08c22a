package import Vocabulary

/// What a page says of a check, an asset or a site: a state, or why there is none to expect.
package enum Standing: String, CaseIterable, Sendable {
    case down
    case degraded
    case unknown
    case up
    /// Without an address: nothing is asked of it.
    case notConfigured = "not-configured"
    /// Nobody expects it to be on now.
    case outsideHours = "outside-hours"

    package init(_ state: State) {
        switch state {
        case .up: self = .up
        case .degraded: self = .degraded
        case .down: self = .down
        case .unknown: self = .unknown
        }
    }

    /// Its shape in a 16 × 16 box. Shapes differ, so that nobody has to tell colours apart.
    var glyph: String {
        switch self {
        case .down:
            #"<path class="fill" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path class="mark" d="M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2"/>"#
        case .degraded: #"<path class="fill" d="M8 1.2 15.6 14.6H.4z"/><path class="mark" d="M8 6v4m0 2.4v.2"/>"#
        case .unknown:
            #"<path class="line" d="M8 1l7 7-7 7-7-7z"/><path class="ink" d="M6.3 6.6a1.7 1.7 0 1 1 2.3 1.6q-.6.3-.6 1m0 1.9v.2"/>"#
        case .up: #"<circle class="fill" cx="8" cy="8" r="6.2"/><path class="mark" d="M5.1 8.2l2.1 2.1 3.8-4.3"/>"#
        case .notConfigured: #"<circle class="line dashed" cx="8" cy="8" r="6"/>"#
        case .outsideHours: #"<path class="line" d="M12.8 10.2A5.8 5.8 0 1 1 6.3 2.6a5 5 0 0 0 6.5 7.6z"/>"#
        }
    }
}

/// A standing ready for the `Badge` template.
struct Badge: Sendable {
    let code: String
    let word: String
    let glyph: String

    init(code: String, word: String, glyph: String) {
        self.code = code
        self.word = word
        self.glyph = glyph
    }

    init(_ standing: Standing, _ words: Words) {
        code = standing.rawValue
        word = words.standing(standing)
        glyph = standing.glyph
    }

    /// Of a site: one that is not configured has no address yet, and that is said.
    init(site standing: Standing, _ words: Words) {
        code = standing.rawValue
        word = standing == .notConfigured ? words.sites.noAddress : words.standing(standing)
        glyph = standing.glyph
    }
}
