internal import ProcFS
package import Vocabulary

/// The part of the last ten seconds in which work stood still for want of a resource
/// (`/proc/pressure/*`; kernel: Documentation/accounting/psi).
package struct Pressure: Hashable, Sendable {
    /// `some` (at least one task waited) and `full` (all did), as ratios.
    package var ratios: [String: Double]

    package init?(parsing text: String) {
        ratios = [:]
        for line in text.lines {
            let fields = line.fields
            guard let kind = fields.first, kind == "some" || kind == "full" else { continue }
            for field in fields.dropFirst() where field.hasPrefix("avg10=") {
                guard let percent = Double(field.dropFirst(6)), percent >= 0, percent <= 100 else { continue }
                ratios[String(kind)] = percent / 100
            }
        }
        guard !ratios.isEmpty else { return nil }
    }

    package func readings(resource: String) -> [Reading] {
        ratios.sorted { $0.key > $1.key }.map { kind, ratio in
            Reading(Metric("host_pressure_ratio", ["resource": resource, "kind": kind]), ratio)
        }
    }
}
