extension String {
    /// Letters and digits only, without case and Vietnamese diacritics: `Số sê-ri` and `so seri` are one.
    package var folded: String {
        var folded = String.UnicodeScalarView()
        for scalar in lowercased().unicodeScalars {
            if scalar.isASCII {
                if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) { folded.append(scalar) }
            } else if let base = Folding.bases[scalar] {
                folded.append(base)
            } else if !Folding.marks.contains(scalar.value), scalar.properties.isAlphabetic {
                folded.append(scalar)
            }
        }
        return String(folded)
    }
}

private enum Folding {
    /// Combining marks: some systems write a letter and its tone as two characters.
    static let marks: ClosedRange<UInt32> = 0x300...0x36f

    static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        let letters: [(Unicode.Scalar, String)] = [
            ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("d", "đð"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"),
            ("o", "òóỏõọôồốổỗộơờớởỡợ"), ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"),
        ]
        var bases: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, variants) in letters {
            for scalar in variants.unicodeScalars where !scalar.isASCII { bases[scalar] = base }
        }
        return bases
    }()
}
