/// What the command line says it is.
enum Version {
    static let text = "0.1.0"
}
