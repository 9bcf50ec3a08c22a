/// Writes an SVG path in steps from point to point: half as long as one in coordinates.
///
/// It keeps to tenths of a unit and steps from where it really is, so that roundings do not add up.
struct Pen: Sendable {
    private(set) var path = ""
    private var x: Int64 = 0
    private var y: Int64 = 0

    /// To a point, drawing or not.
    mutating func go(_ x: Double, _ y: Double, isDrawing: Bool) {
        let (newX, newY) = (Self.tenths(x), Self.tenths(y))
        if isDrawing {
            path += newY == self.y ? "h\(Self.text(newX - self.x))" : Self.pair("l", newX - self.x, newY - self.y)
        } else {
            path += Self.pair("M", newX, newY)
        }
        (self.x, self.y) = (newX, newY)
    }

    /// A line of no length, which round caps make a dot.
    mutating func dot() { path += "h0" }

    mutating func close() { path += "Z" }

    private static func tenths(_ value: Double) -> Int64 {
        // Places in a drawing are within its box; anything else has no place.
        value.isFinite && value.magnitude < 1e6 ? Int64((value * 10).rounded()) : 0
    }

    /// A minus is separator enough.
    private static func pair(_ command: String, _ x: Int64, _ y: Int64) -> String {
        command + text(x) + (y < 0 ? "" : " ") + text(y)
    }

    private static func text(_ tenths: Int64) -> String {
        let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
        let sign = tenths < 0 ? "-" : ""
        return rest == 0 ? "\(sign)\(whole)" : whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
    }
}
