/// A page: a value that holds everything it shows, and turns into HTML without asking anybody.
package protocol Page: Sendable {
    func html(for viewer: Viewer) -> String
}
