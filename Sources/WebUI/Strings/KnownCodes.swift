/// What an agent may be unable to see; a code from elsewhere is shown as it stands.
package enum KnownBlindSpot: String, CaseIterable, Sendable {
    case rawSocket = "raw-socket"
    case otherUsersSockets = "other-users-sockets"
    case otherUsersProcesses = "other-users-processes"
    case dmiSerial = "dmi-serial"
    case diskHealth = "disk-health"
    case journal
    case loginRecords = "login-records"
    case packages
    case sensors
    case containers
    case fileUnreadable = "file-unreadable"
    case icmp
    case interfaces
    case spoolDamaged = "spool-damaged"
}

/// The asset classes the product brings; a class from elsewhere is shown under its own name.
package enum KnownClass: String, CaseIterable, Sendable {
    case server, service, codec, camera, display, line, router, firewall, ups, licence, certificate, site, machine
    case networkSwitch = "switch"
    case accessPoint = "access-point"
    case printer, workstation
    case snmpDevice = "snmp-device"
}

/// The levels of units that the province's example has; a level from elsewhere is shown under its own name.
package enum KnownLevel: String, CaseIterable, Sendable {
    case province, department, district, commune
}

/// First segments of fact paths.
package enum KnownFactGroup: String, CaseIterable, Sendable {
    case os, hardware, cpu, memory, disk, filesystem, network, interface, package, service, user, port, device, agent
    case certificate, dmi, board, identity, container, software, listen, group, swap, http, sip, h323
    case codec, ntp, snmp, tcp, tls, neighbour, arp, bridge, part
    case serviceManager = "service-manager"
}

extension Words {
    func className(_ code: String) -> String {
        KnownClass(rawValue: code).map(assetClass) ?? code
    }

    func levelName(_ code: String) -> String {
        KnownLevel(rawValue: code).map(level) ?? code
    }

    func factGroupName(_ segment: String) -> String {
        KnownFactGroup(rawValue: segment).map(factGroup) ?? segment
    }

    func blindSpotName(_ code: String) -> String {
        KnownBlindSpot(rawValue: code).map(blindSpot) ?? code
    }
}
