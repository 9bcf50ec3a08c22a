import Documents
import Vocabulary

/// What a webhook receives without a template; the operator's guide lists the fields.
package enum WebhookBody {
    /// JSON with its keys in order, so that the same message is the same bytes.
    package static func encoded(_ notification: Notification) -> [UInt8] {
        var fields: [String: JSONText] = [
            "id": .integer(notification.id), "incident": .integer(notification.incident),
            "alert": .integer(notification.alert), "kind": .text(notification.kind.rawValue),
            "asset": .text(notification.asset), "site": .text(notification.site), "state": .text(notification.state),
            "since": .text(notification.since.description), "cause": .text(notification.cause),
            "affected": list(notification.affected), "unaffected": list(notification.unaffected),
            "quiet": list(notification.quiet), "repeated": .truth(notification.isRepeated),
            "subject": .text(notification.subject), "text": .text(notification.text),
        ]
        // What there is nothing to say of is left out.
        fields["check"] = notification.check.map { .text($0.rawValue) }
        fields["resolved"] = notification.resolved.map { .text($0.description) }
        fields["reason"] = notification.outcome.reason.map { reason in
            .object([
                ("code", .text(reason.code)), ("expected", .text(reason.expected)), ("got", .text(reason.got)),
                ("step", .text(reason.step)),
            ])
        }
        return Array(JSONText.object(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).description.utf8)
    }

    private static func list(_ names: [String]) -> JSONText {
        .array(names.map(JSONText.text))
    }
}
