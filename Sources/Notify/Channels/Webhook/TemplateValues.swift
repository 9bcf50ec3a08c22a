package import Courier
import Mustache
import Synchronization
import Vocabulary

/// What a template may name, and the names it used that nobody knows.
package final class TemplateValues: MustacheParent, Sendable {
    package enum Value: Sendable {
        case text(String)
        case number(Int64)
        case truth(Bool)
        case inner(TemplateValues)
        /// Known, and without a value this time.
        case absent
    }

    private let values: [String: Value]
    private let missed = Mutex<Set<String>>([])

    package init(_ values: [String: Value]) {
        self.values = values
    }

    package func child(named name: String) -> Any? {
        switch values[name] {
        case .text(let text): return text
        case .number(let number): return number
        case .truth(let truth): return truth
        case .inner(let inner): return inner
        case .absent: return nil
        case nil:
            missed.withLock { _ = $0.insert(name) }
            return nil
        }
    }

    /// In order of name. What a section inside a value did not know, the whole may have known.
    package var unknown: [String] {
        let inner = values.values.flatMap { value -> [String] in
            if case .inner(let inner) = value { inner.unknown } else { [] }
        }
        return Set(inner.filter { values[$0] == nil } + missed.withLock { $0 }).sorted()
    }

    /// In order of name.
    package var names: [String] { values.keys.sorted() }
}

extension TemplateValues {
    /// What a webhook's template may name of a notification; the operator's guide lists them.
    package convenience init(_ notification: Notification) {
        let text = { (text: String) in text.isEmpty ? Value.absent : .text(text) }
        let reason = notification.outcome.reason.map { reason in
            Value.inner(
                TemplateValues([
                    "code": .text(reason.code), "step": text(reason.step), "expected": text(reason.expected),
                    "got": text(reason.got),
                ]))
        }
        self.init([
            "id": .number(notification.id), "incident": .number(notification.incident),
            "alert": .number(notification.alert), "cause": .text(notification.cause),
            "affected": text(notification.affected.joined(separator: ", ")),
            "unaffected": text(notification.unaffected.joined(separator: ", ")),
            "quiet": text(notification.quiet.joined(separator: ", ")),
            "kind": .text(notification.kind.rawValue), "problem": .truth(notification.kind == .problem),
            "worse": .truth(notification.kind == .worse), "reminder": .truth(notification.kind == .reminder),
            "recovery": .truth(notification.kind == .recovery),
            "test": .truth(notification.kind == .test), "alive": .truth(notification.kind == .alive),
            "asset": .text(notification.asset),
            "site": text(notification.site), "check": text(notification.check?.rawValue ?? ""),
            "state": .text(notification.state), "reason": reason ?? .absent,
            "since": .text(notification.since.description),
            "resolved": notification.resolved.map { .text($0.description) } ?? .absent,
            "repeated": .truth(notification.isRepeated), "subject": .text(notification.subject),
            "text": .text(notification.text),
        ])
    }
}
