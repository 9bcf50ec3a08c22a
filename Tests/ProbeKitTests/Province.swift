import ProbeKit
import ProbeSettings
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
        var random = SplitMix(seed: UInt64(site) &* 7919 &+ 13)
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
        return "\(falsely); \(cuts); \(degradation); \(share([Double(asks) / siteSeconds], 1)) asks a second"
    }
}
