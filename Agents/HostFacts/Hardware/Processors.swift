internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// Model and counts of the processors, from `/proc/cpuinfo`, else from the topology under `/sys`.
    mutating func addProcessors() {
        guard let list = text("/proc/cpuinfo").flatMap(ProcessorList.init(parsing:)) else { return }
        add(list.model.map { Fact("cpu", "model", value: $0) })
        add(Fact("cpu", "threads", value: String(list.threads)))
        let topology = list.sockets == nil || list.cores == nil ? topology() : nil
        add((list.sockets ?? topology?.sockets).map { Fact("cpu", "sockets", value: String($0)) })
        add((list.cores ?? topology?.cores).map { Fact("cpu", "cores", value: String($0)) })
    }

    private mutating func topology() -> (sockets: Int, cores: Int)? {
        var sockets: Set<String> = []
        var cores: Set<String> = []
        let folder = "/sys/devices/system/cpu"
        for name in names(folder) where name.hasPrefix("cpu") && UInt32(name.dropFirst(3)) != nil {
            guard let socket = value("\(folder)/\(name)/topology/physical_package_id"),
                let core = value("\(folder)/\(name)/topology/core_id")
            else { continue }
            sockets.insert(socket)
            cores.insert("\(socket)/\(core)")
        }
        return sockets.isEmpty ? nil : (sockets.count, cores.count)
    }

    /// What the kernel can use of the memory, and the swap.
    mutating func addMemory() {
        guard let memory = text("/proc/meminfo").flatMap(MemoryInfo.init(parsing:)) else { return }
        add(Fact("memory", "bytes", value: String(memory.total)))
        add(Fact("swap", "bytes", value: String(memory.swapTotal)))
    }
}
