import SNMP

/// What the program knows of devices: the files under Families, embedded in it.
package struct Knowledge: Sendable {
    package let recognition: Recognition
    package let gauges: [Gauge]
    /// Lines that could not be read; a test holds that there are none.
    package let problems: [String]

    /// From the texts of files: families' by name, the makers' and the gauges'.
    package init(families: [(name: String, text: String)], makers: String, gauges: String) {
        var all: [Family] = []
        var problems: [String] = []
        for file in families {
            do throws(FamilyReader.Problem) {
                all += try FamilyReader.read(file.text)
            } catch {
                problems.append("\(file.name): \(error)")
            }
        }
        do throws(FamilyReader.Problem) {
            self.gauges = try Gauge.read(gauges)
        } catch {
            self.gauges = []
            problems.append("gauges: \(error)")
        }
        recognition = Recognition(all, Makers(makers))
        self.problems = problems
    }

    package static let shared = Knowledge(
        families: [
            ("appliance", text(PackageResources.appliance_txt)),
            ("collaboration", text(PackageResources.collaboration_txt)),
            ("firewall", text(PackageResources.firewall_txt)), ("general", text(PackageResources.general_txt)),
            ("network-a-e", text(PackageResources.network_a_e_txt)),
            ("network-f-o", text(PackageResources.network_f_o_txt)),
            ("network-p-z", text(PackageResources.network_p_z_txt)), ("power", text(PackageResources.power_txt)),
            ("printer", text(PackageResources.printer_txt)), ("server", text(PackageResources.server_txt)),
            ("storage", text(PackageResources.storage_txt)), ("wireless", text(PackageResources.wireless_txt)),
        ], makers: text(PackageResources.makers_txt), gauges: text(PackageResources.gauges_txt))

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
