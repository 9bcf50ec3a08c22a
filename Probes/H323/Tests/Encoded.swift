/// Answers that pycrate 0.8.1, an independent codec of H.225.0, wrote and read back.
enum Encoded {
    static let locationConfirm = "4c0006000a141f0a06b8000a141f0a06b7"
    static let locationConfirmWithType =
        "4e0006000a141f0a06b8000a141f0a06b72040001422c0820101000754414e44424552470254433700"
    static let requestDenied = "50000740"
    static let unallocated = "5000078b0100"
    static let terminalExcluded = "08800007060008914a0004020047004b20"
    static let inProgress = "800500000801f3"
    static let unknownMessage = "6200080620020101"
}
