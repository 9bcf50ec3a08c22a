extension Words {
    static let vietnameseSites = SitesWords(
        title: "Điểm cầu", searchHint: "Tên điểm cầu, đơn vị, địa chỉ", allLevels: "Mọi cấp", level: "Cấp",
        noAddress: "Chưa có địa chỉ", noUnit: "Không thuộc đơn vị nào", noSite: "chưa có điểm cầu",
        none: "Chưa có điểm cầu nào.", noneLead: "Nạp đơn vị và điểm cầu từ một tệp:",
        noneMatch: "Không có điểm cầu nào khớp.", states: "Tình trạng điểm cầu", units: "Đơn vị", postal: "Địa chỉ",
        coordinates: "Tọa độ", contacts: "Người liên hệ",
        noAssets: "Điểm cầu này chưa có tài sản nào.",
        alerts: "Cảnh báo đang mở", of: { "\($0) trong \($1)" })

    static let vietnameseTotals = TotalsWords(
        title: "Tổng hợp tài sản", lead: "Số lượng, nguyên giá và những gì sổ còn thiếu.", link: "Tổng hợp",
        byClass: "Theo loại", byUnit: "Theo đơn vị", count: "Số lượng", price: "Nguyên giá (đồng)",
        withoutCode: "Thiếu mã", withoutPrice: "Thiếu giá", withoutUnit: "Thiếu đơn vị", own: "Của chính đơn vị",
        nobody: "Chưa ghi đơn vị", total: "Tổng cộng", measure: "Số liệu theo loại",
        none: "Sổ chưa có tài sản nào.", hint: "In ra giấy: khổ A4 nằm ngang.",
        printed: { "In lúc \($0), người in: \($1)" },
        bare: { "\($0) không có tài sản nào nên không nằm trong bảng." })

    static let vietnameseBook = BookWords(
        title: "Sổ tài sản", none: "Sổ chưa ghi gì về tài sản này.", via: "Phụ thuộc vào",
        carries: "Phụ thuộc vào tài sản này", links: "Liên kết", owner: "Đơn vị sở hữu",
        ends: { days in
            switch days {
            case 0: "hết hạn hôm nay"
            case 1...: "còn \(NumberFormat(language: .vietnamese).integer(days)) ngày"
            default: "đã hết hạn"
            }
        }, worth: { "nguyên giá \($0)" })

    static func vietnameseLevel(_ level: KnownLevel) -> String {
        switch level {
        case .province: "Cấp tỉnh"
        case .department: "Sở, ban, ngành"
        case .district: "Cấp huyện"
        case .commune: "Cấp xã"
        }
    }

    static func vietnameseField(_ field: KnownField) -> String {
        switch field {
        case .title: "Tên gọi"
        case .code: "Mã tài sản"
        case .serial: "Số sê-ri"
        case .custodian: "Người giữ"
        case .purchased: "Ngày mua"
        case .price: "Nguyên giá"
        case .warranty: "Hạn bảo hành"
        case .note: "Ghi chú"
        case .vendor: "Hãng"
        case .model: "Kiểu máy"
        case .carrier: "Nhà mạng"
        case .bandwidth: "Băng thông"
        case .contract: "Hợp đồng"
        case .seats: "Số lượng giấy phép"
        case .expires: "Ngày hết hạn"
        }
    }
}
