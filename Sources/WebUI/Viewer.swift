package import Vocabulary

/// Who looks at a page, and how they want it: what every page needs beside its own model.
package struct Viewer: Hashable, Sendable {
    package enum Theme: String, CaseIterable, Sendable {
        case auto
        case light
        case dark
    }

    /// Where the browser finds what draws charts that can be zoomed.
    package struct ChartLibrary: Hashable, Sendable {
        package var script: String
        package var stylesheet: String

        package init(script: String, stylesheet: String) {
            self.script = script
            self.stylesheet = stylesheet
        }
    }

    package var language: Language
    package var theme: Theme
    /// Nil before signing in: no navigation is shown then.
    package var userName: String?
    /// The token that every form of the page carries.
    package var csrf: String
    /// Path and query of the page itself, e.g. `/assets?state=down`: where the preference forms come back to.
    package var path: String
    package var now: Instant
    /// The fixed offset times are shown in, in minutes east of UTC.
    package var utcOffsetMinutes: Int
    /// Whether the navigation offers what only administrators may see.
    package var isAdministrator: Bool
    /// nil where the system does not have it: then the drawings stay as they are.
    package var charts: ChartLibrary?

    package init(
        language: Language, theme: Theme = .auto, userName: String? = nil, csrf: String = "", path: String = "/",
        now: Instant, utcOffsetMinutes: Int = 420, isAdministrator: Bool = true,
        charts: ChartLibrary? = nil
    ) {
        self.language = language
        self.theme = theme
        self.userName = userName
        self.csrf = csrf
        self.path = path
        self.now = now
        self.utcOffsetMinutes = utcOffsetMinutes
        self.isAdministrator = isAdministrator
        self.charts = charts
    }

    var words: Words { .of(language) }
    var calendar: WallCalendar { WallCalendar(language: language, offsetMinutes: utcOffsetMinutes) }
    var numbers: NumberFormat { NumberFormat(language: language) }

    /// When and how long ago, ready for the template.
    func moment(_ instant: Instant) -> Moment {
        Moment(
            iso: instant.description, full: calendar.dateAndTime(instant),
            ago: words.ago(now - instant))
    }
}

/// A point in time as a page shows it.
struct Moment: Sendable {
    let iso: String
    let full: String
    let ago: String
}
