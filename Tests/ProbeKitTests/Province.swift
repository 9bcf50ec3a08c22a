import Detection
import ProbeKit
import ProbeSettings
import TestSupport
import Vocabulary

/// Many virtual checks, and what came of them: how often `down` was wrong, and how long the real cuts took.
struct Province {
    struct Count {
        /// Believed to be down while no cut was injected: the line was silent, and came back by itself.
        var falseDowns: [Double] = []
        /// The longest of them.
        var longestFalseDown = 0.0
        /// From the cut to the belief.
        var delays: [Double] = []
        var missed = 0
        /// Problems that somebody was told of within a cut, and of no cut; where a site is of core importance, so that two
        /// seconds are enough, and where it is as important as most.
        var told: [Importance: (cuts: Int, unfounded: Int)] = [:]
        /// When each site was first degraded for loss.
        var degraded: [Double] = []
        var asks = 0
        var siteSeconds = 0.0
    }

    var sites = 120
    var seconds: Double
    var loss = 0.0
    var breaks: (length: Double, gap: Double)?
    var tolerances = Tolerances()
    /// Cuts of two minutes, so many seconds apart on average; nil: none.
    var cutsEach: Double?
    /// Cuts begin after this.
    var lead = 120.0

    func run() async -> Count {
        var count = Count()
        for site in 0..<sites {
            run(site: site, &count)
            // Other tests wait for real clocks on the same threads.
            await Task.yield()
        }
        return count
    }

    private func run(site: Int, _ count: inout Count) {
        var random = Dice(seed: UInt64(site) &* 7919 &+ 13)
        var line = VirtualLine(loss: loss, breaks: breaks)
        if let each = cutsEach {
            var start = lead + random.unit() * each
            while start < seconds - 240 {
                line.cuts.append(start...(start + 120))
                start += each * (0.5 + random.unit())
            }
        }
        var check = VirtualCheck(line, seed: UInt64(site) + 1, tolerances: tolerances)
        check.run(until: seconds)
        for importance in [Importance.core, .normal] {
            let times = told(check.changes, importance)
            var known = count.told[importance] ?? (0, 0)
            known.cuts += line.cuts.count { cut in times.contains { cut.contains($0) } }
            known.unfounded += times.count { time in !line.cuts.contains { $0.contains(time) } }
            count.told[importance] = known
        }
        var found: Set<Int> = []
        var isDegraded = false
        for (place, entry) in check.changes.enumerated() {
            if entry.change.outcome.reason?.code == "packet-loss", !isDegraded {
                isDegraded = true
                count.degraded.append(entry.time)
            }
            guard entry.change.outcome.state == .down else { continue }
            if let cut = line.cuts.firstIndex(where: { $0.contains(entry.time) }) {
                if found.insert(cut).inserted { count.delays.append(entry.time - line.cuts[cut].lowerBound) }
            } else {
                count.falseDowns.append(entry.time)
                let end = place + 1 < check.changes.count ? check.changes[place + 1].time : seconds
                count.longestFalseDown = max(count.longestFalseDown, end - entry.time)
            }
        }
        count.missed += line.cuts.count - found.count
        count.asks += check.asks
        count.siteSeconds += seconds
    }
}

extension Province {
    /// When somebody is told of a problem, by the collector's own engine.
    private func told(_ changes: [(time: Double, change: StateChange)], _ importance: Importance) -> [Double] {
        let asset = Dependencies.Asset(importance: importance, reach: [.check(1)])
        var engine = AlertEngine(dependencies: Dependencies([1: asset]))
        var told: [Double] = []
        let take = { (effects: [Effect], time: Double) in
            for case .tell(.problem, _, _) in effects { told.append(time) }
        }
        let moment = { (time: Double) in Instant(microseconds: Int64(time * 1e6)) }
        for (time, change) in changes {
            while let due = engine.nextDue, due <= moment(time) {
                take(engine.pass(to: due), Double(due.microseconds) / 1e6)
            }
            let news = AlertEngine.News(
                change.outcome, of: .check(1), asset: 1, since: change.since, confirmed: change.confirmed)
            take(engine.take(news, at: moment(time)), time)
        }
        while let due = engine.nextDue, due <= moment(seconds) {
            take(engine.pass(to: due), Double(due.microseconds) / 1e6)
        }
        return told
    }
}

extension Province.Count: CustomStringConvertible {
    var description: String {
        func share(_ values: [Double], _ part: Double) -> String {
            let sorted = values.sorted()
            guard !sorted.isEmpty else { return "-" }
            return String(((sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] * 100).rounded()) / 100)
        }
        let falsely =
            "\(falseDowns.count) false down"
            + (falseDowns.isEmpty
                ? "" : " (the last at \(share(falseDowns, 1)) s, the longest \(share([longestFalseDown], 1)) s)")
        let cuts =
            "\(delays.count) cuts found, \(missed) not, after median \(share(delays, 0.5)), p99 \(share(delays, 0.99)), "
            + "most \(share(delays, 1)) s"
        let degradation =
            "\(degraded.count) sites degraded, first after median \(share(degraded, 0.5)), most \(share(degraded, 1)) s"
        let messages = told.sorted { $0.key.rawValue < $1.key.rawValue }.map { importance, count in
            "\(count.unfounded) unfounded and \(count.cuts) founded messages (\(importance.rawValue))"
        }.joined(separator: ", ")
        return
            "\(falsely); \(cuts); \(messages); \(degradation); \(share([Double(asks) / siteSeconds], 1)) asks a second"
    }
}
