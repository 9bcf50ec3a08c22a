internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// Interfaces with their addresses; temporary IPv6 addresses, new every day, are left out.
    mutating func addInterfaces(netlink: (NetlinkRequest) throws(FileError) -> [UInt8]) {
        let links: [Link]
        let addresses: [InterfaceAddress]
        do throws(FileError) {
            links = Link.list(try netlink(.links))
            addresses = InterfaceAddress.list(try netlink(.addresses))
        } catch {
            // A unit with RestrictAddressFamilies= and without AF_NETLINK ends here.
            let remedy =
                "sudo mkdir -p /etc/systemd/system/haidang-agent.service.d"
                + #" && printf '[Service]\nRestrictAddressFamilies=AF_NETLINK\n'"#
                + " | sudo tee /etc/systemd/system/haidang-agent.service.d/netlink.conf"
                + " && sudo systemctl daemon-reload && sudo systemctl restart haidang-agent"
            see(not: BlindSpot("interfaces", detail: error.description, remedy: remedy))
            return
        }
        for link in links {
            addInterface(link)
            for address in addresses where Int64(address.index) == Int64(link.index) && !address.isTemporary {
                add(Fact("interface", link.name, "address", address.address, value: address.scope))
            }
        }
    }

    private mutating func addInterface(_ link: Link) {
        let folder = "/sys/class/net/\(link.name)"
        let isDevice = root.exists("\(folder)/device")
        add(link.mac.map { Fact("interface", link.name, "mac", value: $0) })
        add(link.permanentMAC.map { Fact("interface", link.name, "permanent-mac", value: $0) })
        add(link.mtu.map { Fact("interface", link.name, "mtu", value: String($0)) })
        add(Fact("interface", link.name, "state", value: link.state))
        let kind = link.isLoopback ? "loopback" : link.kind ?? (isDevice ? "physical" : "virtual")
        add(Fact("interface", link.name, "kind", value: kind))
        guard isDevice else { return }
        // Megabits a second; -1 or an error while there is no carrier.
        let speed = value("\(folder)/speed").flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
        add(speed.map { Fact("interface", link.name, "speed", value: String($0)) })
        add(linkEnd("\(folder)/device/driver").map { Fact("interface", link.name, "driver", value: $0) })
    }
}
