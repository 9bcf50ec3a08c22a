extension Words {
    static func vietnameseBlindSpot(_ spot: KnownBlindSpot) -> String {
        switch spot {
        case .rawSocket: "Gói tin thô, để đo ICMP"
        case .otherUsersSockets: "Kết nối mạng của người dùng khác"
        case .otherUsersProcesses: "Tiến trình của người dùng khác"
        case .dmiSerial: "Số sê-ri của máy"
        case .diskHealth: "Sức khỏe ổ đĩa (SMART)"
        case .journal: "Nhật ký hệ thống"
        case .loginRecords: "Lịch sử đăng nhập"
        case .packages: "Các gói đã cài"
        case .sensors: "Cảm biến phần cứng"
        case .containers: "Các bộ chứa"
        case .fileUnreadable: "Một tệp cần quyền để đọc"
        case .icmp: "Đo bằng ICMP"
        case .interfaces: "Cổng mạng"
        case .spoolDamaged: "Dữ liệu chờ gửi, một phần bị hỏng"
        }
    }

    static func vietnameseClass(_ assetClass: KnownClass) -> String {
        switch assetClass {
        case .server: "Máy chủ"
        case .service: "Dịch vụ"
        case .codec: "Thiết bị hội nghị"
        case .camera: "Máy quay"
        case .display: "Màn hình"
        case .line: "Đường truyền"
        case .router: "Bộ định tuyến"
        case .firewall: "Tường lửa"
        case .ups: "Bộ lưu điện"
        case .licence: "Giấy phép"
        case .certificate: "Chứng thư"
        case .site: "Điểm cầu"
        case .machine: "Máy"
        case .networkSwitch: "Bộ chuyển mạch"
        case .accessPoint: "Điểm phát Wi-Fi"
        case .printer: "Máy in"
        case .workstation: "Máy trạm"
        case .snmpDevice: "Thiết bị SNMP"
        }
    }

    static func vietnameseFactGroup(_ group: KnownFactGroup) -> String {
        switch group {
        case .os: "Hệ điều hành"
        case .hardware: "Phần cứng"
        case .cpu: "Bộ xử lý"
        case .memory: "Bộ nhớ"
        case .disk: "Ổ đĩa"
        case .filesystem: "Hệ thống tệp"
        case .network: "Mạng"
        case .interface: "Cổng mạng"
        case .package: "Gói phần mềm"
        case .service: "Dịch vụ"
        case .user: "Người dùng"
        case .port: "Cổng dịch vụ"
        case .device: "Thiết bị"
        case .agent: "Tác tử"
        case .certificate: "Chứng thư"
        case .dmi: "Thông tin máy (DMI)"
        case .board: "Bo mạch"
        case .identity: "Định danh"
        case .container: "Bộ chứa"
        case .software: "Phần mềm"
        case .listen: "Cổng đang mở"
        case .group: "Nhóm người dùng"
        case .swap: "Vùng tráo đổi"
        case .codec: "Thiết bị hội nghị"
        case .ntp: "NTP"
        case .snmp: "SNMP"
        case .neighbour: "Thiết bị kề bên"
        case .arp: "Địa chỉ đã thấy (ARP)"
        case .bridge: "Địa chỉ phần cứng theo cổng"
        case .part: "Bộ phận"
        case .sip: "SIP"
        case .tcp: "TCP"
        case .tls: "TLS"
        case .h323: "H.323"
        case .http: "Dịch vụ HTTP"
        case .serviceManager: "Trình quản lý dịch vụ"
        }
    }
}
