import Foundation

extension String {
    /// Without case and diacritics, so that `thu dau mot` finds `Thủ Dầu Một`; đ counts as d.
    var foldedForSearch: String {
        folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .replacingOccurrences(of: "đ", with: "d").replacingOccurrences(of: "Đ", with: "d").lowercased()
    }
}
