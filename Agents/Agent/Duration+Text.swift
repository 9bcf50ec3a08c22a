import Vocabulary

extension Duration {
    /// For people: `0.42 ms`, with so many places.
    func milliseconds(places: Int) -> String { "\((inSeconds * 1000).decimal(places: places)) ms" }
}

extension Double {
    /// Rounded to so many places, at least one; what is negative counts as nothing.
    func decimal(places: Int) -> String {
        let scale = (0..<places).reduce(Int64(1)) { scale, _ in scale * 10 }
        let number = Int64((Swift.max(0, self) * Double(scale)).rounded())
        let fraction = String(number % scale)
        return "\(number / scale).\(String(repeating: "0", count: Swift.max(0, places - fraction.count)))\(fraction)"
    }
}
