import Foundation
import Vocabulary

/// What a webhook receives; the operator's guide lists the fields.
struct WebhookBody: Encodable {
    struct Reason: Encodable {
        var code: String
        var step: String
        var expected: String
        var got: String
    }

    var id: Int64
    var incident: Int64
    var alert: Int64
    var kind: String
    var asset: String
    var site: String
    var check: String?
    var state: String
    var reason: Reason?
    var since: String
    var resolved: String?
    var cause: String
    var affected: [String]
    var unaffected: [String]
    var quiet: [String]
    var repeated: Bool
    var subject: String
    var text: String

    init(_ notification: Notification) {
        id = notification.id
        incident = notification.incident
        alert = notification.alert
        kind = notification.kind.rawValue
        asset = notification.asset
        site = notification.site
        check = notification.check?.rawValue
        state = notification.state
        reason = notification.outcome.reason.map { reason in
            Reason(code: reason.code, step: reason.step, expected: reason.expected, got: reason.got)
        }
        since = notification.since.description
        resolved = notification.resolved?.description
        cause = notification.cause
        affected = notification.affected
        unaffected = notification.unaffected
        quiet = notification.quiet
        repeated = notification.isRepeated
        subject = notification.subject
        text = notification.text
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
