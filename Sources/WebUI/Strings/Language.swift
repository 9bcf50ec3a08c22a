/// A language the pages are written in; the raw value is what `lang` and the preferences carry.
package enum Language: String, CaseIterable, Sendable {
    case vietnamese = "vi"
    case english = "en"

    /// Its name in itself.
    var ownName: String {
        switch self {
        case .vietnamese: "Tiếng Việt"
        case .english: "English"
        }
    }
}
