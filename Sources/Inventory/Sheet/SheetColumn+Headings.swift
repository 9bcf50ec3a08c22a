extension SheetColumn {
    /// What people are known to write above such a column, the best Vietnamese heading first; compared folded.
    package var headings: [String] {
        switch self {
        case .name: ["Tên định danh", "Định danh", "Mã định danh", "Hostname"]
        case .assetClass:
            [
                "Loại tài sản", "Loại", "Loại thiết bị", "Chủng loại", "Nhóm tài sản", "Phân loại", "Asset class",
                "Asset type", "Type", "Category",
            ]
        case .unit:
            [
                "Đơn vị sử dụng", "Đơn vị", "Đơn vị quản lý", "Đơn vị sở hữu", "Phòng ban", "Bộ phận",
                "Bộ phận sử dụng", "Owner unit", "Owner", "Department",
            ]
        case .site:
            [
                "Địa điểm", "Vị trí", "Nơi đặt", "Địa điểm đặt", "Địa điểm lắp đặt", "Vị trí lắp đặt", "Điểm cầu",
                "Location",
            ]
        case .address: ["Địa chỉ IP", "Địa chỉ mạng", "IP", "IP address"]
        case .url: ["Địa chỉ web", "Trang web", "Website", "Web", "Liên kết"]
        case .importance: ["Mức độ quan trọng", "Độ quan trọng", "Quan trọng", "Mức ưu tiên", "Priority"]
        case .book(let field): Self.headings(of: field)
        }
    }

    private static func headings(of field: BookField) -> [String] {
        switch field {
        case .title: ["Tên tài sản", "Tên", "Tên thiết bị", "Tên gọi", "Asset name", "Description"]
        case .code:
            [
                "Mã tài sản", "Mã", "Mã số tài sản", "Mã TS", "Mã thiết bị", "Số thẻ tài sản", "Asset code",
                "Asset tag", "Asset number", "Inventory number",
            ]
        case .serial: ["Số sê-ri", "Sê-ri", "Số serial", "Số máy", "Serial number", "S/N"]
        case .custodian:
            [
                "Người sử dụng", "Người quản lý", "Người giữ", "Người phụ trách", "Cán bộ sử dụng", "Cán bộ quản lý",
                "User", "Holder",
            ]
        case .purchased:
            ["Ngày mua", "Ngày mua sắm", "Ngày nhập", "Ngày đưa vào sử dụng", "Purchase date", "Date of purchase"]
        case .price:
            ["Nguyên giá", "Giá", "Giá mua", "Giá trị", "Đơn giá", "Nguyên giá đồng", "Cost", "Purchase price"]
        case .warranty:
            [
                "Hạn bảo hành", "Bảo hành", "Bảo hành đến", "Thời hạn bảo hành", "Ngày hết bảo hành", "Hết bảo hành",
                "Warranty end", "Warranty until",
            ]
        case .note: ["Ghi chú", "Chú thích", "Notes", "Remark", "Remarks", "Comment", "Comments"]
        case .vendor: ["Hãng sản xuất", "Hãng", "Nhà sản xuất", "Nhãn hiệu", "Manufacturer", "Brand"]
        case .model: ["Kiểu máy", "Kiểu", "Mẫu", "Mẫu mã", "Dòng máy"]
        case .carrier: ["Nhà mạng", "Nhà cung cấp dịch vụ", "ISP"]
        case .bandwidth: ["Băng thông", "Tốc độ", "Speed"]
        case .contract: ["Số hợp đồng", "Hợp đồng", "Contract number"]
        case .seats: ["Số bản quyền", "Số lượng bản quyền", "Số người dùng"]
        case .expires: ["Ngày hết hạn", "Hết hạn", "Hạn sử dụng", "Expiry", "Expiry date"]
        }
    }
}
