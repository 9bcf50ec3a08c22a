extension ChannelSettings {
    /// A chat of Telegram that a bot may write to.
    package struct Telegram: Codable, Hashable, Sendable {
        package static let publicServer = "https://api.telegram.org"

        /// A number, as the bot sees it, or `@name` of a channel.
        package var chat: String
        /// The number of a topic in a group that has topics.
        package var topic: Int64?
        /// The name of the secret that holds the bot's token.
        package var secret: String
        /// A Bot API server of one's own.
        package var server: String?

        package init(chat: String, topic: Int64? = nil, secret: String, server: String? = nil) {
            self.chat = chat
            self.topic = topic
            self.secret = secret
            self.server = server
        }
    }
}
