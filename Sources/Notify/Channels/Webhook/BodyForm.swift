import Foundation
import Mustache

/// What a templated text becomes, and so how a value has to be written to stay one value in it.
package enum BodyForm: CaseIterable, Sendable {
    case json
    case form
    case text

    /// nil for a content type that templates are not written for.
    package init?(contentType: String) {
        let essence = contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        switch essence {
        case "application/x-www-form-urlencoded": self = .form
        case "text/plain": self = .text
        case _ where essence == "application/json" || essence.hasSuffix("+json"): self = .json
        default: return nil
        }
    }

    /// Scalar by scalar: to a string a quote with a combining mark is another character than a quote.
    func escaped(_ text: String) -> String {
        switch self {
        case .json: Self.json(text)
        case .form: Self.percentEncoded(text)
        case .text: text
        }
    }

    private static func json(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result.append("\\")
                result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{2028}" || scalar == "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Everything but the unreserved characters of RFC 3986.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%"
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
        return result
    }
}

/// A form of body as the template library knows it: by a name in the template's first line.
struct EscapedBody: MustacheContentType {
    let form: BodyForm

    func escapeText(_ text: String) -> String {
        form.escaped(text)
    }

    /// The pragma that puts the form's escaping in place.
    static func pragma(_ form: BodyForm) -> String {
        _ = registered
        return "{{% CONTENT_TYPE:\(name(form))}}"
    }

    private static func name(_ form: BodyForm) -> String {
        "NOTIFY_\(form)"
    }

    private static let registered: Void = {
        for form in BodyForm.allCases { MustacheContentTypes.register(EscapedBody(form: form), named: name(form)) }
    }()
}
