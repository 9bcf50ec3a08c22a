import Hummingbird
import WebUI

/// How a browser wants its pages, kept in cookies: language and theme.
struct Preferences: Sendable {
    private static let languageCookie = "haidang_language"
    private static let themeCookie = "haidang_theme"

    var language: Language
    var theme: Viewer.Theme

    init(_ request: Request) {
        language =
            request.cookies[Self.languageCookie].flatMap { Language(rawValue: $0.value) }
            ?? Self.preferred(by: request.headers[.acceptLanguage] ?? "")
        theme = request.cookies[Self.themeCookie].flatMap { Viewer.Theme(rawValue: $0.value) } ?? .auto
    }

    /// Cookies for what a form asked; what it did not ask, or asked wrongly, stays as it is.
    static func cookies(language: String, theme: String, isSecure: Bool) -> [Cookie] {
        var cookies: [Cookie] = []
        if let language = Language(rawValue: language) {
            cookies.append(cookie(languageCookie, language.rawValue, isSecure))
        }
        if let theme = Viewer.Theme(rawValue: theme) {
            cookies.append(cookie(themeCookie, theme.rawValue, isSecure))
        }
        return cookies
    }

    /// The first of the browser's languages that we have; Vietnamese when it names none of ours.
    private static func preferred(by header: String) -> Language {
        for item in header.split(separator: ",") {
            let tag = item.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }
            if let language = Language(rawValue: String(tag)) { return language }
        }
        return .vietnamese
    }

    private static func cookie(_ name: String, _ value: String, _ isSecure: Bool) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: 365 * 86_400, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
