public import Runtime

/// Where a program with pages can be killed by a test while somebody waits for what his form does.
public enum PagePoint: String, FaultPoints {
    case beforeCommit = "page.before-commit"
    case afterCommit = "page.after-commit"
}
