/// What the pages say of the way to a target.
struct PathWords: Sendable {
    let title, hop, before, now, noAnswer, nobody: String
    /// After so many hops.
    let reached: @Sendable (Int) -> String
    /// The same, by another way than before.
    let otherWay: @Sendable (Int) -> String
    /// The last who answered.
    let silentAfter: @Sendable (String) -> String
    /// Who refuses, and why.
    let refused: @Sendable (String, String) -> String
    /// Why, by the kind of ICMP error; what is not here stands as it is.
    let refusals: [String: String]

    static let english = PathWords(
        title: "The way there", hop: "Hop", before: "Before", now: "Now", noAnswer: "no answer",
        nobody: "Nobody on the way answers, not even the first router.",
        reached: { "It is reached after \($0) hop\($0 == 1 ? "" : "s")." },
        otherWay: { "It is reached by another way than before, after \($0) hop\($0 == 1 ? "" : "s")." },
        silentAfter: { "Nobody answers after \($0)." },
        refused: { "\($0) says that it cannot be reached: \($1)." },
        refusals: [
            "network-unreachable": "it knows no way to that network",
            "host-unreachable": "the device does not answer it", "prohibited": "it is blocked there",
            "port-unreachable": "nothing listens there", "packet-too-big": "the packets are too large",
        ])

    static let vietnamese = PathWords(
        title: "Đường đi tới đích", hop: "Chặng", before: "Trước đây", now: "Bây giờ", noAnswer: "không trả lời",
        nobody: "Không ai trên đường trả lời, kể cả bộ định tuyến đầu tiên.",
        reached: { "Tới đích sau \($0) chặng." },
        otherWay: { "Tới đích bằng đường khác trước, sau \($0) chặng." },
        silentAfter: { "Sau \($0) không còn ai trả lời." },
        refused: { "\($0) báo không tới được đích: \($1)." },
        refusals: [
            "network-unreachable": "không biết đường tới mạng đó", "host-unreachable": "thiết bị không trả lời nó",
            "prohibited": "bị chặn tại đó", "port-unreachable": "không có gì lắng nghe ở đó",
            "packet-too-big": "gói tin quá lớn",
        ])
}
