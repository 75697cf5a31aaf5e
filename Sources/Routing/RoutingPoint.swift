public import Runtime

/// Where the routing worker can be killed by a test, beside those of every job: when the smarthost has a letter and the
/// desk does not know yet, when it does, and around the commit of deadlines.
public enum RoutingPoint: String, FaultPoints {
    case letterSent = "letter.sent"
    case letterSettled = "letter.settled"
    case deadlineBeforeCommit = "deadline.before-commit"
    case deadlineAfterCommit = "deadline.after-commit"
}
