import Vocabulary

extension Words {
    static let vietnameseFindings = FindingsWords(
        title: "Phát hiện", open: "Đang mở", noOpen: "Không có phát hiện nào đang mở.", closed: "Đã đóng",
        noClosed: "Chưa đóng phát hiện nào.", closedBy: "Người đóng", evidence: "Chứng cứ", times: "Số lần",
        acknowledge: "Tôi xem xét", close: "Đóng")

    static func vietnameseSeverity(_ severity: Severity) -> String {
        switch severity {
        case .low: "Thấp"
        case .medium: "Vừa"
        case .high: "Cao"
        }
    }

    static func vietnameseFinding(_ rule: KnownFinding) -> String {
        switch rule {
        case .guessing: "Có người dò mật khẩu"
        case .entry: "Đăng nhập được sau nhiều lần sai"
        case .listener: "Có cổng mới mở"
        case .privilege: "Có quyền quản trị mới trên máy"
        case .packages: "Gói phần mềm đã thay đổi"
        case .certificateChanged: "Chứng thư số đã bị thay"
        case .certificateExpiring: "Chứng thư số sắp hết hạn"
        }
    }

    static func vietnameseEvidence(_ field: KnownEvidence) -> String {
        switch field {
        case .service: "qua"
        case .source: "từ"
        case .user: "tài khoản"
        case .users: "tài khoản đã thử"
        case .method: "bằng"
        case .failures: "số lần sai"
        case .address: "nghe tại"
        case .program: "chương trình"
        case .group: "nhóm"
        case .rule: "quy tắc"
        case .key: "khóa"
        case .label: "tên gọi"
        case .file: "trong"
        case .installed: "đã cài"
        case .upgraded: "đã nâng cấp"
        case .removed: "đã gỡ"
        case .command: "lệnh"
        case .certificate: "chứng thư của"
        case .ends: "hết hạn"
        case .fingerprint: "SHA-256"
        case .signedIn: "đăng nhập lúc"
        case .programPath: "tệp"
        case .userID: "mã người dùng"
        case .requestedBy: "người yêu cầu"
        case .fingerprintBefore: "SHA-256 trước đó"
        }
    }
}
