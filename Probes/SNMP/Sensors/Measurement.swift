package import Vocabulary

/// One number that a device measured of itself, and what is wrong with it when the device or a threshold says so.
package struct Measurement: Hashable, Sendable {
    /// What is measured; the raw value is the metric's name, with its unit.
    package enum Quantity: String, CaseIterable, Hashable, Sendable {
        case processor = "snmp_cpu_busy_ratio"
        case memory = "snmp_memory_used_ratio"
        case storage = "snmp_storage_used_ratio"
        case storageSize = "snmp_storage_size_bytes"
        case temperature = "snmp_temperature_celsius"
        case humidity = "snmp_humidity_ratio"
        case fan = "snmp_fan_rotations_per_minute"
        case voltage = "snmp_voltage_volts"
        case current = "snmp_current_amperes"
        case power = "snmp_power_watts"
        case frequency = "snmp_frequency_hertz"
        case opticalPower = "snmp_optical_power_dbm"
        case charge = "snmp_battery_charge_ratio"
        case runtime = "snmp_battery_runtime_seconds"
        case load = "snmp_output_load_ratio"
        case supply = "snmp_supply_left_ratio"
        case pages = "snmp_printed_pages_total"
        /// 1: as it should be.
        case condition = "snmp_component_ok"
    }

    package var quantity: Quantity
    /// Which of its kind, e.g. `CPU 1`, `/var`, `Fan 2`; empty when there is one.
    package var name: String
    package var value: Double
    /// What the device says of it when that is not well, in its words, e.g. `critical`.
    package var trouble: String?

    package init(_ quantity: Quantity, _ name: String = "", _ value: Double, trouble: String? = nil) {
        self.quantity = quantity
        self.name = name
        self.value = value
        self.trouble = trouble
    }

    package var reading: Reading {
        let metric =
            name.isEmpty ? Metric(quantity.rawValue) : Metric(quantity.rawValue, ["name": name])
        return Reading(metric, value)
    }
}

extension Double {
    /// Without a fraction, e.g. "-12". A device may say any number: what no integer holds is written as it is.
    var wholeText: String {
        Int64(exactly: rounded()).map { String($0) } ?? description
    }
}
