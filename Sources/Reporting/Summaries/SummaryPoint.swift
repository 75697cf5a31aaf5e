public import Runtime

/// Where the reporting service can be killed by a test while it counts the log.
public enum SummaryPoint: String, FaultPoints {
    case beforeCommit = "summary.before-commit"
    case afterCommit = "summary.after-commit"
}
