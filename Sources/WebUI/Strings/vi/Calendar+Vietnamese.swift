extension Words {
    static let vietnameseMaintenance = MaintenanceWords(
        title: "Bảo trì",
        lead: "Trong lúc bảo trì, mọi thứ vẫn được đo và hiển thị, nhưng không ai bị gọi vì chuyện đó.",
        active: "Đang diễn ra", planned: "Sắp tới", over: "Đã xong",
        noneActive: "Không có việc bảo trì nào đang diễn ra.",
        nonePlanned: "Chưa báo trước việc bảo trì nào.", add: "Báo trước bảo trì",
        addLead: "Cho bất kỳ thứ nào: điểm cầu, đơn vị cùng mọi đơn vị cấp dưới, tài sản, loại tài sản.",
        submit: "Báo trước", end: "Kết thúc ngay", cancel: "Hủy lịch", announce: "Báo trước bảo trì", name: "Tên",
        nameHint: "Chữ thường không dấu, chữ số và gạch nối; để trống thì hệ thống tự đặt.", from: "Từ", until: "Đến",
        every: "Lặp lại",
        everyHint: "Chỉ cho việc lặp lại, ví dụ sun 01:00-03:00 (Chủ nhật), first sun 22:00-02:00, day 15 12:00-13:00.",
        sites: "Điểm cầu", units: "Đơn vị", assets: "Tài sản", classes: "Loại",
        namesHint: "Nhiều tên thì cách nhau bằng dấu phẩy.", reason: "Lý do", who: "Người làm", when: "Khi nào",
        what: "Cho", hours: "Khung giờ", inWithoutEnd: "Đang bảo trì, chưa biết khi nào xong",
        outsideWithoutEnd: "Ngoài giờ hoạt động, chưa biết đến khi nào", inUntil: { "Đang bảo trì đến \($0)" },
        outsideUntil: { "Ngoài giờ hoạt động đến \($0)" }, part: { "\($0) trong \($1) tài sản" },
        ends: { "xong lúc \($0)" }, begins: { "bắt đầu lúc \($0)" }, span: { "\($0) đến \($1)" },
        since: { "từ \($0)" }, to: { "đến \($0)" },
        problem: { problem in
            switch problem {
            case .missingTimes: "Thiếu thời điểm từ và đến, hoặc ngày giờ ở mục “Lặp lại”."
            case .noMoment(let text): "“\(text)” không phải là thời điểm như 2026-11-28 22:00."
            case .notAfter: "Thời điểm kết thúc không sau thời điểm bắt đầu."
            case .forNothing: "Hãy ghi bảo trì cho cái gì: điểm cầu, đơn vị, tài sản hay loại tài sản."
            case .unknownName(let text): "Không có gì tên là “\(text)”."
            case .badRule(let text): "“\(text)” không phải là ngày kèm giờ như sun 01:00-03:00."
            case .badName(let text):
                "“\(text)” không dùng làm tên được: chỉ chữ thường không dấu, chữ số và gạch nối, dài nhất 63 ký tự."
            case .exists(let text): "Đã có lịch bảo trì tên “\(text)”."
            }
        })
    static let vietnameseAvailability = AvailabilityWords(
        title: "Tỷ lệ hoạt động",
        formula:
            "Tỷ lệ = (tốt + suy giảm) ÷ (tốt + suy giảm + hỏng). Thời gian không đo được, bảo trì và ngoài giờ không tính vào bên nào.",
        asset: "Tài sản", site: "Điểm cầu", unit: "Đơn vị", assetClass: "Loại", by: "Theo", month: "Tháng", show: "Xem",
        csv: "Tải về dạng CSV", available: "Tỷ lệ", up: "Tốt", degraded: "Suy giảm", down: "Hỏng", unknown: "Không rõ",
        maintenance: "Bảo trì", outsideHours: "Ngoài giờ", unwatched: "Chưa theo dõi", revised: "Đã sửa lại",
        revisedLead: "Đã sửa lại: trước đó không rõ, cho đến khi dữ liệu về muộn.",
        none: "Trong tháng này không theo dõi gì.", running: "Tháng chưa hết: số liệu tính đến bây giờ.",
        assets: "Số tài sản", previous: "Tháng trước", next: "Tháng sau", of: { "Tỷ lệ hoạt động tháng \($0)" },
        more: { "Chỉ liệt kê những dòng kém nhất; còn \($0) dòng nữa trong tệp CSV." })
}
