/// A channel whose problems never show its secrets: a receiver may quote what it was sent.
package struct DiscreetChannel: Channel {
    private let channel: any Channel
    private let secrets: [String]

    package init(_ channel: any Channel, secrets: [String]) {
        self.channel = channel
        // The longest first: one may be a part of another.
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    package func send(_ notification: Notification) async -> Delivery {
        switch await channel.send(notification) {
        case .delivered: .delivered
        case .deliveredInstead(let how): .deliveredInstead(how: hidden(how))
        case .retry(let problem, let after): .retry(problem: hidden(problem), after: after)
        case .refused(let problem): .refused(problem: hidden(problem))
        }
    }

    private func hidden(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "(secret)") }
    }
}
