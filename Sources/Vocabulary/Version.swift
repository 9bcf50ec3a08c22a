/// What the programs say they are, and what their packages are called after.
package enum Version {
    package static let text = "0.1.0"
}
