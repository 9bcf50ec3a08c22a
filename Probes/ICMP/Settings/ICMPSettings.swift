package import ProbeSettings
package import Vocabulary

/// What may be set on an `icmp` check; its target is a host name or an address.
package struct ICMPSettings: ProbeSettings {
    package static var kind: ProbeKind { "icmp" }
    package static var pace: Pace { Pace(every: .seconds(1), within: .seconds(1)) }

    /// Echo requests of one run.
    package var count: Int
    /// Between two of them.
    package var spacing: Duration
    /// Bytes of payload.
    package var size: Int
    package var family: TargetFamily
    /// How the packets are marked, 0…63; 0 is best effort.
    package var codePoint: UInt8
    /// Never in fragments.
    package var isWhole: Bool
    /// How large an IP packet must pass whole, in bytes; nil: it is not asked.
    package var pathMTU: Int?
    /// What the line may do and still be in order.
    package var tolerances: Tolerances?

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        count = try reader.integer("count", in: 1...50, default: 1)
        spacing = try reader.duration("spacing", in: .milliseconds(1)...(.seconds(10)), default: .milliseconds(200))
        size = try reader.integer("size", in: 18...8972, default: 56)
        family = try reader.choice("family", default: .any)
        codePoint = try reader.codePoint("dscp")
        isWhole = try reader.flag("do-not-fragment", default: false)
        let mtu = try reader.integer("path-mtu", in: 576...9000, default: 0)
        pathMTU = mtu > 0 ? mtu : nil
        let loss = try reader.integer("loss-percent", in: 0...50, default: 10)
        let latency = try reader.duration("latency", in: .zero...(.seconds(10)), default: .milliseconds(500))
        let jitter = try reader.duration("jitter", in: .zero...(.seconds(10)), default: .milliseconds(150))
        let bursts = try reader.duration("bursts", in: .zero...(.seconds(5)), default: .zero)
        tolerances = Tolerances(
            loss: Double(loss) / 100, latency: latency > .zero ? latency : nil, jitter: jitter > .zero ? jitter : nil,
            bursts: bursts)
    }

    package static func validate(target: String) throws(SettingsError) {
        try HostPort.validate(host: target)
    }
}
