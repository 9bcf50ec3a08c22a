/// One line of an exporter's page.
package struct Sample: Hashable, Sendable {
    package var name: String
    package var labels: [String: String]
    package var value: Double

    package init(_ name: String, _ labels: [String: String] = [:], _ value: Double) {
        self.name = name
        self.labels = labels
        self.value = value
    }
}
