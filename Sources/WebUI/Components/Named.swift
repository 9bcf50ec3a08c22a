/// A unit, a site or an asset as pages speak of it: the name that addresses carry, and the title that people read.
package struct Named: Hashable, Sendable {
    /// Empty where there is none.
    package var name: String
    package var title: String

    package init(_ name: String, title: String = "") {
        self.name = name
        self.title = title
    }

    package static let none = Named("")

    /// The title; where nobody gave one, the name.
    package var label: String { title.isEmpty ? name : title }
}

extension Named: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

/// A named thing ready for the `Named` template.
struct NamedText: Sendable {
    let label: String
    let link: String

    /// nil where there is none.
    init?(_ named: Named, link: (String) -> String) {
        guard !named.name.isEmpty else { return nil }
        label = named.label
        self.link = link(named.name)
    }

    static func site(_ named: Named) -> NamedText? { NamedText(named, link: Link.site) }

    /// A unit leads to its assets, and to those of the units below it.
    static func unit(_ named: Named) -> NamedText? { NamedText(named, link: Link.assets(ofUnit:)) }

    static func asset(_ named: Named) -> NamedText? { NamedText(named, link: Link.asset) }
}
