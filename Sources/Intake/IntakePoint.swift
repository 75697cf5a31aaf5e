public import Runtime

/// Where the gateway can be killed by a test while a program or a mail server waits for its answer.
public enum IntakePoint: String, FaultPoints {
    case beforeCommit = "intake.before-commit"
    case afterCommit = "intake.after-commit"
}
