import Vocabulary
import WebUI

/// An incident with everything that its page can show.
extension Samples {
    static let incident = IncidentPage(
        number: 42,
        row: .init(
            asset: "carrier-3", site: .none, standing: .down, reason: Reason("no-reply"), opened: now - .seconds(90),
            incident: 42, cause: .shared("carrier-3"), others: 29),
        alerts: alerts.open, unaffected: ["portal", "carrier-1"], quiet: ["codec-xa-an-binh"],
        explanations: [.init(asset: "carrier-3", explains: 29, of: 30, failing: 29, below: 31)],
        messages: [
            .init(route: "on-duty", kind: "problem", sent: now - .seconds(60)),
            .init(route: "mailbox", kind: "problem", sent: nil, problem: "the receiver said 421"),
        ],
        decisions: [
            .init(
                at: now - .seconds(88), subject: "carrier-3/icmp",
                sentence: DecisionSentence(
                    verdict: "waits", detail: [(key: "until", value: "\((now - .seconds(60)).microseconds)")],
                    language: .vietnamese))
        ], holder: .init(name: "hung.nguyen", until: now + .seconds(3600)),
        notes: [
            .init(
                at: now - .seconds(80), who: "hung.nguyen", kind: .acknowledged(until: now + .seconds(3600)),
                text: "đã gọi nhà mạng"),
            .init(at: now - .seconds(20), who: "mai.tran", kind: .comment, text: "Cáp đứt ở Dĩ An.\nĐang nối."),
        ])

    static let findings = FindingsPage(
        open: [
            .init(
                id: 7, asset: Named("web-1", title: "Máy chủ web"),
                finding: Finding(
                    rule: "sign-in-after-failures", severity: .high, subject: "ssh 192.0.2.7: root",
                    firstSeen: now - .seconds(90), lastSeen: now - .seconds(5),
                    evidence: [.init("source", "192.0.2.7"), .init("failures", "212"), .init("other", "<b>")])),
            .init(
                id: 5, asset: "db-1",
                finding: Finding(
                    rule: "new-listener", severity: .medium, subject: "tcp 4444 nc", firstSeen: now - .seconds(900),
                    lastSeen: now - .seconds(900), evidence: [.init("program-path", "/usr/bin/nc.openbsd")]),
                acknowledgedBy: "hung.nguyen"),
        ],
        closed: [
            .init(
                id: 3, asset: "db-1",
                finding: Finding(
                    rule: "packages-changed", severity: .low, subject: "openssl:amd64 +3",
                    firstSeen: now - .seconds(9000), lastSeen: now - .seconds(9000), count: 4),
                closed: now - .seconds(60), closedBy: "mai.tran")
        ])
}
