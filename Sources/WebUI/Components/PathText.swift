import Vocabulary

/// The way to a target, now and before, ready for the `Paths` template.
struct PathText: Sendable {
    struct Hop: Sendable {
        let number: Int
        let before: String?
        let now: String?
        /// It was asked and did not answer.
        let isSilent: Bool
        let time: String?
        /// From here on the way is another.
        let isOther: Bool
        /// Whether the way before is shown beside it.
        let isPair: Bool
    }

    /// Which check it is of; nil where the page is about one.
    let subject: String?
    /// Where it ends, in words.
    let sentence: String
    /// `grey` while all is well.
    let mood: String
    let now: Moment
    let before: Moment?
    let hops: [Hop]

    init(_ pair: PathPair, _ viewer: Viewer, isNamed: Bool) {
        let words = viewer.words.path
        let (now, before) = (pair.now, pair.before)
        subject = isNamed ? pair.now.check.rawValue : nil
        let last = now.hops.last { !$0.address.isEmpty }?.address
        sentence =
            switch now.end {
            case .reached: pair.before == nil ? words.reached(now.hops.count) : words.otherWay(now.hops.count)
            case .refused:
                words.refused(last ?? "", words.refusals[now.detail] ?? now.detail)
            case .silent: last.map(words.silentAfter) ?? words.nobody
            }
        mood = now.end == .reached ? "grey" : "lost"
        self.now = viewer.moment(now.seen)
        self.before = before.map { viewer.moment($0.seen) }
        let count = max(now.hops.count, before?.hops.count ?? 0)
        let other = pair.firstOther
        hops = (0..<count).map { index in
            let hop = index < now.hops.count ? now.hops[index] : nil
            let earlier = before.flatMap { index < $0.hops.count ? $0.hops[index] : nil }
            return Hop(
                number: index + 1, before: earlier.map { $0.address.isEmpty ? "*" : $0.address },
                now: hop.flatMap { $0.address.isEmpty ? nil : $0.address },
                isSilent: hop?.address.isEmpty ?? false,
                time: hop?.roundTrip.map { viewer.numbers.value($0.inSeconds, .seconds) },
                isOther: index == other, isPair: before != nil)
        }
    }
}
