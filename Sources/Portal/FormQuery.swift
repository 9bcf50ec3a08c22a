import Foundation
import Hummingbird

/// The fields that a form left in an address (method GET): percent-encoded, a blank as `+`, as the URL standard's
/// application/x-www-form-urlencoded says. The first of two with one name counts; what cannot be decoded is not there.
struct FormQuery: Sendable {
    private let fields: [String: String]

    init(_ request: Request) {
        self.init(request.uri.query ?? "")
    }

    init(_ text: String) {
        let pairs = text.split(separator: "&").compactMap { part -> (String, String)? in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { side in
                side.replacing("+", with: " ").removingPercentEncoding
            }
            guard let name = sides.first ?? nil, let value = sides.count == 2 ? sides[1] : "" else { return nil }
            return (name, value)
        }
        fields = Dictionary(pairs) { first, _ in first }
    }

    subscript(name: String) -> String? { fields[name] }
}
