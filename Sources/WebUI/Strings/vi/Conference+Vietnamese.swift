import Conferences

extension Words {
    static let vietnameseConference = ConferenceWords(
        title: "Hội nghị", searchHint: "Điểm cầu, đơn vị, người liên hệ", verdicts: "Điểm cầu theo mức sẵn sàng",
        levels: "Các cấp", legend: "Ký hiệu", gates: "Trục trặc ở", anyGate: "bất cứ mục nào",
        noneMatch: "Không có điểm cầu nào khớp.", none: "Chưa có điểm cầu nào.", everywhere: "Mọi cấp",
        headline: { "\($0) trong \($1) sẵn sàng" }, share: { "\($0)/\($1)" },
        troubled: { "\($0): số điểm cầu có trục trặc ở đây: \($1)" },
        verdict: { verdict in
            switch verdict {
            case .down: "Không họp được"
            case .degraded: "Có trục trặc"
            case .unknown: "Không rõ"
            case .maintenance: "Bảo trì"
            case .notWatched: "Không theo dõi"
            case .outsideHours: "Ngoài giờ"
            case .ready: "Sẵn sàng"
            }
        },
        gate: { gate in
            switch gate {
            case .line: "Đường truyền"
            case .codec: "Thiết bị"
            case .signalling: "SIP/H.323"
            case .registration: "Đăng ký"
            case .certificate: "Chứng thư"
            case .hours: "Giờ"
            }
        },
        state: { state in
            switch state {
            case .ok: "Tốt"
            case .degraded: "Suy giảm"
            case .down: "Hỏng"
            case .unknown: "Không rõ"
            case .behind: "Nằm sau chỗ hỏng"
            case .maintenance: "Bảo trì"
            case .outsideHours: "Ngoài giờ"
            case .notWatched: "Không theo dõi"
            }
        }, trouble: vietnameseTrouble,
        expired: { "Chứng thư đã hết hạn ngày \($0): cuộc gọi mã hóa có thể bị từ chối" },
        expires: { "Chứng thư sẽ hết hạn ngày \($0): cần gia hạn" },
        takesAlong: { "\($0) trục trặc, kéo theo \($1)" },
        cutOff: { name, others in
            others == 0 ? "Mất liên lạc: \(name) hỏng" : "Mất liên lạc cùng \(others) điểm cầu khác: \(name) hỏng"
        },
        impaired: { name, others in
            others == 0
                ? "Đường truyền kém, do \(name)" : "Đường truyền kém cùng \(others) điểm cầu khác, do \(name)"
        })

    private static func vietnameseTrouble(_ trouble: KnownTrouble) -> String {
        switch trouble {
        case .lineCut: "Đứt đường truyền: không tới được điểm cầu"
        case .lineSilent: "Điểm cầu không trả lời: mất điện hoặc đứt đường truyền"
        case .lineHalf: "Một phần đường truyền không trả lời; vẫn tới được điểm cầu"
        case .lineLossy: "Đường truyền mất gói tin: hình vỡ, tiếng ngắt quãng"
        case .lineSlow: "Đường truyền chậm: hình và tiếng đến trễ"
        case .lineUnsteady: "Đường truyền không ổn định: tiếng có thể ngắt quãng"
        case .lineLargePackets: "Gói tin lớn không đi qua được: gọi có thể không có hình"
        case .lineFlaps: "Đường truyền chập chờn: đứt rồi lại có"
        case .codecSilent: "Thiết bị hội nghị không trả lời: đang tắt hoặc bị rút dây"
        case .codecHalf: "Thiết bị hội nghị bật nhưng chỉ trả lời một phần: nên khởi động lại"
        case .codecFlaps: "Thiết bị hội nghị chập chờn: mất rồi lại có"
        case .cameraMissing: "Chưa nối máy quay: nơi khác không nhìn thấy phòng họp"
        case .microphoneMissing: "Chưa nối micrô: nơi khác không nghe được phòng họp"
        case .displayMissing: "Chưa nối màn hình: phòng họp không nhìn thấy nơi khác"
        case .callsHang: "Thiết bị hội nghị bật nhưng không nhận cuộc gọi: bị treo, cần khởi động lại"
        case .callsRefused: "Thiết bị hội nghị bật nhưng chức năng gọi đang tắt"
        case .callsStopped: "Thiết bị hội nghị báo quá tải hoặc tạm ngừng nhận cuộc gọi"
        case .callsSlow: "Thiết bị hội nghị nhận cuộc gọi chậm"
        case .callsNobody: "Ở cổng gọi có thứ khác trả lời, không phải thiết bị hội nghị"
        case .notRegistered: "Chưa đăng ký với máy chủ hội nghị: nơi khác không gọi tới được"
        case .registrarAway: "Không tới được máy chủ đăng ký"
        case .registrationRefused: "Máy chủ đăng ký không nhận thiết bị này"
        case .certificateName: "Chứng thư không dành cho tên này"
        case .certificateUntrusted: "Chứng thư không đáng tin"
        case .agentSilent: "Chưa biết: tác tử theo dõi nơi này đang im lặng"
        case .notYetAsked: "Chưa đo lần nào"
        case .noPassword: "Chưa biết: thiếu mật khẩu để hỏi thiết bị"
        case .passwordRefused: "Chưa biết: thiết bị không nhận mật khẩu giám sát"
        }
    }
}
