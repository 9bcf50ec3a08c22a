/// Why the spool could not do what was asked.
package enum SpoolError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The disk is full; the reports of this call are lost and counted as dropped.
    case diskFull(String)
    /// Anything else that the disk or SQLite refused, in their words.
    case refused(String)
    /// The file is damaged or not a spool of ours; why.
    case damaged(String)
    /// A damaged file could not be moved out of the way.
    case stuck(String)

    package var description: String {
        switch self {
        case .diskFull(let error): "the spool's disk is full: \(error)"
        case .refused(let error): "the spool's file cannot be used: \(error)"
        case .damaged(let problem): "the spool's file is damaged: \(problem)"
        case .stuck(let problem): "a damaged spool cannot be moved aside: \(problem)"
        }
    }
}
