package import Notify
package import Vocabulary

/// One document of an applied file.
package enum Resource: Hashable, Sendable {
    case asset(AssetResource)
    case route(RouteResource)

    package var kind: String {
        switch self {
        case .asset: "Asset"
        case .route: "Route"
        }
    }

    package var name: String {
        switch self {
        case .asset(let asset): asset.name
        case .route(let route): route.name
        }
    }
}

/// A thing we own or depend on, as a file declares it.
package struct AssetResource: Hashable, Sendable {
    package var name: String
    package var assetClass: String
    package var address = ""
    package var url = ""
    package var unit = ""
    package var site = ""
    package var importance = Importance.normal
}

/// Who is told of what, as a file declares it.
package struct RouteResource: Hashable, Sendable {
    package var name: String
    package var importance: Set<Importance>
    package var language: String
    package var channel: ChannelSettings
}

/// What is wrong with an applied file: where, and what.
package struct ResourceError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; 0 when no line can be named.
    package var line: Int
    package var problem: String

    package init(file: String, line: Int, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { line > 0 ? "\(file):\(line): \(problem)" : "\(file): \(problem)" }
}

/// Everything that is wrong with a file, in order of line.
package struct ResourceErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package var errors: [ResourceError]

    package var description: String { errors.map(\.description).joined(separator: "\n") }
}
