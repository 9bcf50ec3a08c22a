/// An element of an XML document with what is in it; name spaces are left in the names.
package struct XMLElement: Hashable, Sendable {
    package var name: String
    package var attributes: [String: String]
    /// What stands in it directly, without the white space around.
    package var text: String
    package var children: [XMLElement]

    package init(_ name: String, attributes: [String: String] = [:], text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The root of a document. Comments and instructions are passed over; a document type, which could define entities
    /// without end, is refused. Nested at most 64 deep.
    package init(document bytes: [UInt8]) throws(DocumentError) {
        var reader = XMLReader(bytes)
        self = try reader.root()
    }

    /// The first element by that path below this one, e.g. `Software/Version`.
    package func first(_ path: String) -> XMLElement? {
        all(path).first
    }

    /// The text of it; nil when there is none, or it is empty.
    package func text(_ path: String) -> String? {
        first(path).flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    /// All elements by that path below this one, in the order of the document.
    package func all(_ path: String) -> [XMLElement] {
        path.split(separator: "/").reduce([self]) { found, name in
            found.flatMap { $0.children.filter { $0.name == name } }
        }
    }
}
