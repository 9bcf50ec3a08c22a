package import Vocabulary

/// The words by which people name what files name by one word.
package enum SheetWords {
    /// The class that a cell names: by its own word, or by a Vietnamese or English one.
    package static func assetClass(_ text: String) -> AssetClass? {
        AssetClass.named(text) ?? classes[text.folded].flatMap(AssetClass.named)
    }

    package static func importance(_ text: String) -> Importance? {
        importances[text.folded]
    }

    private static let classes = byFolded([
        "server": ["Máy chủ", "Server"],
        "service": ["Dịch vụ", "Service", "Cổng thông tin"],
        "switch": ["Thiết bị chuyển mạch", "Bộ chuyển mạch", "Chuyển mạch", "Switch"],
        "router": ["Thiết bị định tuyến", "Bộ định tuyến", "Định tuyến", "Router"],
        "firewall": ["Tường lửa", "Thiết bị tường lửa", "Firewall"],
        "ups": ["Bộ lưu điện", "Lưu điện", "UPS"],
        "snmp-device": ["Thiết bị SNMP", "SNMP device", "Máy in", "Printer"],
        "codec": ["Thiết bị hội nghị", "Thiết bị hội nghị truyền hình", "Codec"],
        "camera": ["Camera", "Máy quay"],
        "display": ["Màn hình", "Ti vi", "Máy chiếu", "Display", "TV", "Projector"],
        "line": ["Đường truyền", "Kênh truyền", "Line"],
        "licence": ["Bản quyền", "Bản quyền phần mềm", "Giấy phép", "Licence", "License"],
        "certificate": ["Chứng thư", "Chứng thư số", "Certificate"],
    ])

    private static let importances: [String: Importance] = byFolded([
        "core": ["Core", "Cốt lõi", "Quan trọng", "Cao"],
        "normal": ["Normal", "Bình thường", "Thường", "Trung bình"],
        "low": ["Low", "Thấp"],
    ]).compactMapValues(Importance.init(rawValue:))

    private static func byFolded(_ words: [String: [String]]) -> [String: String] {
        var names: [String: String] = [:]
        for (name, words) in words {
            for word in words { names[word.folded] = name }
        }
        return names
    }
}
