/// How an attempt ended. To throw is to ask for another attempt under the job's policy.
public enum JobOutcome: Sendable, Hashable {
    /// The work is done.
    case done
    /// Not yet: try again after a while, without counting this attempt.
    case snooze(Duration)
    /// The work has become pointless.
    case discard(because: String)
    /// The work cannot be done as it stands; a person has to look at it.
    case dead(because: String)
}
