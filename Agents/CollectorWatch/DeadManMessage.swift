package import Courier
internal import ProbeSettings
package import Vocabulary

/// What a receiver reads of the collector's silence: what, where, since when, seen from where, and what goes on without it.
package struct DeadManMessage: Hashable, Sendable {
    package var language: DeadManSettings.Language
    /// `https://HOST:PORT`.
    package var collector: String
    /// The machine that tells.
    package var agent: String
    /// For how long measurements are kept on its disk.
    package var kept: Duration

    package init(language: DeadManSettings.Language, collector: String, agent: String, kept: Duration) {
        self.language = language
        self.collector = collector
        self.agent = agent
        self.kept = kept
    }

    /// - Parameter problem: what was wrong when the collector was last asked.
    package func notification(
        _ errand: DeadMan.Errand, patience: Duration, problem: String
    ) -> Courier.Notification {
        let words = text(errand, problem: problem)
        return Courier.Notification(
            id: errand.id, alert: 0, kind: errand.isProblem ? .problem : .recovery, asset: collector, site: "",
            check: nil,
            outcome: .down(
                Reason(
                    "collector-silent", step: "report", expected: "an answer within \(patience.spelled)", got: problem)),
            since: errand.since, resolved: errand.resolved, affected: [collector], isRepeated: errand.isRepeated,
            subject: words.subject, text: words.body, repetition: repetition)
    }

    /// Asked for by a person; unmistakably no alert.
    package func test(at now: Instant) -> Courier.Notification {
        let lines: [String] =
            switch language {
            case .vietnamese:
                [
                    "Tin thử: tác tử \(agent) sẽ báo đến đây khi bộ thu Hải Đăng im lặng",
                    "Không có gì hỏng: tin này chỉ để biết tin báo đến được đây.", "Bộ thu: \(collector)",
                ]
            case .english:
                [
                    "Test message: the agent \(agent) will tell this receiver when the Hải Đăng collector is silent",
                    "Nothing is broken: it only shows that messages arrive here.", "Collector: \(collector)",
                ]
            }
        return Courier.Notification(
            id: now.microseconds, alert: 0, kind: .test, asset: collector, site: "", check: nil, outcome: .up,
            since: now, resolved: nil, isRepeated: false, subject: lines[0], text: lines.joined(separator: "\n") + "\n")
    }

    private var repetition: String {
        switch language {
        case .vietnamese: "có thể lặp lại"
        case .english: "maybe repeated"
        }
    }

    private func text(_ errand: DeadMan.Errand, problem: String) -> (subject: String, body: String) {
        let lines =
            switch language {
            case .vietnamese: vietnamese(errand, problem)
            case .english: english(errand, problem)
            }
        return (lines[0], lines.joined(separator: "\n") + "\n")
    }

    private func vietnamese(_ errand: DeadMan.Errand, _ problem: String) -> [String] {
        let since = "Từ lúc: \(LocalTime.vietnamese(errand.since)) (UTC+07:00)"
        guard let resolved = errand.resolved else {
            return [
                "Hỏng: bộ thu Hải Đăng im lặng, báo từ tác tử \(agent)", "Bộ thu: \(collector)", since,
            ] + (problem.isEmpty ? [] : ["Lý do: \(problem)"]) + [
                "Tác tử vẫn đo. Kết quả được giữ trên đĩa của tác tử đến \(days("ngày", "ngày", "giờ")) và gửi bù khi bộ thu trở lại.",
                "Trong lúc này bộ thu không báo tin nào khác. Trên máy bộ thu: systemctl status haidang-collector",
            ]
        }
        return [
            "Tốt: bộ thu Hải Đăng trả lời lại, báo từ tác tử \(agent)", "Bộ thu: \(collector)", since,
            "Xong lúc: \(LocalTime.vietnamese(resolved)), kéo dài \(lasted(errand, " giây", " phút", " giờ"))",
            "Những gì đo được trong lúc đó đang được gửi bù.",
        ]
    }

    private func english(_ errand: DeadMan.Errand, _ problem: String) -> [String] {
        let since = "Since: \(LocalTime.english(errand.since)) (UTC+07:00)"
        guard let resolved = errand.resolved else {
            return [
                "Down: the Hải Đăng collector is silent, says the agent \(agent)", "Collector: \(collector)", since,
            ] + (problem.isEmpty ? [] : ["Reason: \(problem)"]) + [
                "The agent goes on measuring. What it sees is kept on its disk for up to \(days("day", "days", "h")) and sent when the collector is back.",
                "Until then the collector sends no other message. On its machine: systemctl status haidang-collector",
            ]
        }
        return [
            "Up: the Hải Đăng collector answers again, says the agent \(agent)", "Collector: \(collector)", since,
            "Resolved: \(LocalTime.english(resolved)), lasted \(lasted(errand, " s", " min", " h"))",
            "What was measured meanwhile is being sent.",
        ]
    }

    /// How long measurements are kept, in days where it is a day or more.
    private func days(_ day: String, _ days: String, _ hours: String) -> String {
        let count = kept.components.seconds / 86_400
        return count == 0 ? "\(kept.components.seconds / 3600) \(hours)" : "\(count) \(count == 1 ? day : days)"
    }

    private func lasted(_ errand: DeadMan.Errand, _ second: String, _ minute: String, _ hour: String) -> String {
        let seconds = errand.resolved.map { max(0, ($0 - errand.since).components.seconds) } ?? 0
        switch seconds {
        case ..<60: return "\(seconds)\(second)"
        case ..<3600: return "\(seconds / 60)\(minute)"
        default: return "\(seconds / 3600)\(hour)"
        }
    }
}

/// Times as people here read them, in UTC+07:00.
private enum LocalTime {
    /// `05/04/2023 13:07:08`.
    static func vietnamese(_ instant: Instant) -> String {
        let (date, time) = parts(instant)
        return "\(date.reversed().joined(separator: "/")) \(time)"
    }

    /// `2023-04-05 13:07:08`.
    static func english(_ instant: Instant) -> String {
        let (date, time) = parts(instant)
        return "\(date.joined(separator: "-")) \(time)"
    }

    /// Of ISO 8601: the date's three parts, and the time to the second.
    private static func parts(_ instant: Instant) -> (date: [Substring], time: Substring) {
        let halves = (instant + .seconds(7 * 3600)).description.split(separator: "T")
        return (halves.first?.split(separator: "-") ?? [], (halves.last ?? "").prefix(8))
    }
}
