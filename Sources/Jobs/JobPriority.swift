public import Postgres

/// Which of the jobs that wait in a lane is taken first. Even the last has a share of the claims: see ``ClaimOrder``.
public enum JobPriority: Int16, CaseIterable, Comparable, Sendable, PostgresValue {
    /// Somebody waits for it.
    case urgent
    case normal
    /// Nobody minds if it takes a while.
    case low
    /// Large amounts, such as an import.
    case bulk

    public static func < (left: JobPriority, right: JobPriority) -> Bool { left.rawValue < right.rawValue }
}
