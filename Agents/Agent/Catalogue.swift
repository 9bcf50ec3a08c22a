import AgentKit
import CodecProbe
import Curl
import DNSProbe
import ExecProbe
import H323Probe
import HTTPProbe
import HostProbe
import ICMPProbe
import NTPProbe
import ProbeKit
import PrometheusProbe
import SIPProbe
import SNMPProbe
import Sockets
import TCPProbe
import TLSProbe
import Vocabulary

/// The probes of this agent and the engines they share.
struct Engines: Sendable {
    let curl: CurlEngine
    let dns: DNSProbe
    let h323: H323Probe
    let icmp: ICMPEngine
    let poller: Poller
    let ntp: UDPEngine
    let plugins: PluginEngine
    let snmp: UDPEngine
    let resolver: SystemResolver
    let secrets = SentSecrets()
    let sip: SIPProbe

    /// `pluginFolder`: where plug-ins lie that may be run.
    init(pluginFolder: String = PluginFolder.standard) throws {
        curl = CurlEngine()
        poller = try Poller()
        resolver = SystemResolver(poller: poller)
        icmp = try ICMPEngine(program: Executable.path)
        ntp = UDPEngine("ntp", reader: NTPProbe.reader)
        dns = DNSProbe(poller: poller, curl: curl, resolver: resolver)
        h323 = H323Probe(poller: poller, resolver: resolver)
        sip = SIPProbe(
            poller: poller, resolver: resolver, curl: curl,
            secrets: SecretSource(sent: secrets).lines, now: { SystemTime().wall })
        snmp = UDPEngine("snmp", reader: SNMPProbe.reader)
        plugins = PluginEngine(folder: PluginFolder(pluginFolder), poller: poller)
    }

    /// Every probe that is compiled in.
    var catalogue: Catalogue {
        Catalogue([
            .init(CodecProbe(engine: curl, secrets: SecretSource(sent: secrets).lines)),
            .init(dns),
            .init(ExecProbe(engine: plugins)),
            .init(h323),
            .init(
                HTTPProbe(engine: curl, secrets: SecretSource(sent: secrets).lines, now: { SystemTime().wall })),
            .init(HostProbe()),
            .init(ICMPProbe(engine: icmp, resolver: resolver)),
            .init(NTPProbe(engine: ntp, resolver: resolver, now: { SystemTime().wall })),
            .init(PrometheusProbe(engine: curl, secrets: SecretSource(sent: secrets).lines)),
            .init(sip),
            .init(SNMPProbe(engine: snmp, resolver: resolver, secrets: SecretSource(sent: secrets).lines)),
            .init(TCPProbe(poller: poller, resolver: resolver)),
            .init(TLSProbe(poller: poller, resolver: resolver, now: { SystemTime().wall })),
        ])
    }

    func close() {
        plugins.close()
        dns.close()
        sip.close()
        h323.close()
        curl.close()
        icmp.close()
        ntp.close()
        snmp.close()
        poller.close()
    }
}
