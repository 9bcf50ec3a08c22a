extension Words {
    static func englishBlindSpot(_ spot: KnownBlindSpot) -> String {
        switch spot {
        case .rawSocket: "Raw packets, to measure with ICMP"
        case .otherUsersSockets: "Other users' network connections"
        case .otherUsersProcesses: "Other users' processes"
        case .dmiSerial: "The machine's serial number"
        case .diskHealth: "The disks' health (SMART)"
        case .journal: "The system journal"
        case .loginRecords: "Login records"
        case .packages: "Installed packages"
        case .sensors: "Hardware sensors"
        case .containers: "Containers"
        case .fileUnreadable: "A file that needs rights to be read"
        case .icmp: "Measuring with ICMP"
        case .interfaces: "Network interfaces"
        case .spoolDamaged: "Data waiting to be sent, part of it damaged"
        }
    }

    static func englishClass(_ assetClass: KnownClass) -> String {
        switch assetClass {
        case .server: "Server"
        case .service: "Service"
        case .codec: "Codec"
        case .camera: "Camera"
        case .display: "Display"
        case .line: "Line"
        case .router: "Router"
        case .firewall: "Firewall"
        case .ups: "UPS"
        case .licence: "Licence"
        case .certificate: "Certificate"
        case .site: "Site"
        case .machine: "Machine"
        case .networkSwitch: "Switch"
        case .accessPoint: "Access point"
        case .printer: "Printer"
        case .workstation: "Workstation"
        case .snmpDevice: "SNMP device"
        }
    }

    static func englishFactGroup(_ group: KnownFactGroup) -> String {
        switch group {
        case .os: "Operating system"
        case .hardware: "Hardware"
        case .cpu: "Processor"
        case .memory: "Memory"
        case .disk: "Disks"
        case .filesystem: "File systems"
        case .network: "Network"
        case .interface: "Network interfaces"
        case .package: "Packages"
        case .service: "Services"
        case .user: "Users"
        case .port: "Ports"
        case .device: "Devices"
        case .agent: "Agent"
        case .certificate: "Certificates"
        case .dmi: "Machine (DMI)"
        case .board: "Board"
        case .identity: "Identity"
        case .container: "Containers"
        case .software: "Software"
        case .listen: "Open ports"
        case .group: "User groups"
        case .swap: "Swap"
        case .codec: "Conference device"
        case .ntp: "NTP"
        case .snmp: "SNMP"
        case .neighbour: "Neighbours"
        case .arp: "Addresses seen (ARP)"
        case .bridge: "Hardware addresses by port"
        case .part: "Parts"
        case .sip: "SIP"
        case .tcp: "TCP"
        case .tls: "TLS"
        case .h323: "H.323"
        case .http: "HTTP service"
        case .serviceManager: "Service manager"
        }
    }
}
