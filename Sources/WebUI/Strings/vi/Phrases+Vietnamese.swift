extension Words {
    static func vietnamesePhrase(_ phrase: KnownPhrase) -> String {
        switch phrase {
        case .answerToSYN: "hồi đáp cho gói SYN"
        case .connection: "kết nối được"
        case .answerInTime: "trả lời đúng hạn"
        case .answerBeforeDeadline: "trả lời trước hạn"
        case .answerWithin: "trả lời trong {} giây"
        case .wholeAnswer: "câu trả lời trọn vẹn"
        case .echoReply: "hồi âm ICMP"
        case .replies: "{} hồi âm"
        case .resolverAnswer: "máy chủ tên miền trả lời"
        case .address: "một địa chỉ"
        case .addressOfFamily: "một địa chỉ kiểu {}"
        case .handshake: "bắt tay TLS xong"
        case .web: "HTTP hoặc HTTPS"
        case .redirects: "nhiều nhất {} lần chuyển hướng"
        case .size: "nhiều nhất {} byte"
        case .time: "nhiều nhất {} ms"
        case .authorities: "danh sách tổ chức cấp chứng thư của hệ thống"
        case .validCertificate: "chứng thư còn hiệu lực"
        case .certificateForHost: "chứng thư cho máy này"
        case .knownAuthority: "tổ chức cấp chứng thư đã biết"
        case .dateToCome: "ngày hết hạn còn ở phía trước"
        case .daysLeft: "còn ít nhất {} ngày"
        case .bodyWithout: "nội dung không có “{}”"
        case .bodyWith: "nội dung có “{}”"
        case .available: "còn trống từ {} trở lên"
        case .noFailedUnit: "không dịch vụ nào lỗi"
        case .synchronised: "đã đồng bộ"
        case .nothing: "không có gì"
        case .nothingInTime: "không có gì trước hạn"
        case .selfConnection: "kết nối về chính mình"
        case .notSynchronised: "chưa đồng bộ"
        case .noHeader: "không có tiêu đề này"
        case .itIsThere: "có đoạn đó"
        case .more: "nhiều hơn; đã ngừng đọc ở đó"
        case .ended: "đã hết hạn {}"
        case .begins: "bắt đầu có hiệu lực {}"
        case .daysUntil: "{} ngày, đến {}"
        case .mebibytes: "{} trên {} MiB"
        case .noPacketLeft: "chưa gửi được gói nào trước hạn"
        case .questionsHang: "các lần hỏi trước còn treo"
        }
    }

    static func vietnameseSubject(_ subject: KnownSubject) -> String {
        switch subject {
        case .cpu: "CPU"
        case .load: "Tải hệ thống"
        case .memory: "Bộ nhớ đã dùng"
        case .filesystems: "Hệ thống tệp đã dùng"
        case .network: "Lưu lượng mạng"
        case .disks: "Đọc và ghi đĩa"
        case .answers: "Thời gian trả lời"
        }
    }

    static func vietnameseAction(_ action: KnownAction) -> String {
        switch action {
        case .signIn: "Đăng nhập"
        case .signOut: "Đăng xuất"
        case .changePassword: "Đổi mật khẩu"
        case .resetPassword: "Đặt lại mật khẩu"
        case .createEnrolmentToken: "Tạo mã ghi danh tác tử"
        case .createAsset: "Thêm tài sản"
        case .updateAsset: "Sửa tài sản"
        case .createRoute: "Thêm tuyến báo tin"
        case .updateRoute: "Sửa tuyến báo tin"
        case .createUnit: "Thêm đơn vị"
        case .updateUnit: "Sửa đơn vị"
        case .createSite: "Thêm điểm"
        case .updateSite: "Sửa điểm"
        case .removeAsset: "Bỏ tài sản"
        case .removeUnit: "Bỏ đơn vị"
        case .removeSite: "Bỏ điểm"
        case .removeRoute: "Bỏ tuyến báo tin"
        case .setSecret: "Đặt bí mật"
        }
    }
}
