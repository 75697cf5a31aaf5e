public import Runtime

/// Where a worker can be killed by a test on a job's way. Those of completing are passed under the job's kind too.
public enum JobPoint: String, FaultPoints {
    case claiming = "jobs.claiming"
    case claimed = "jobs.claimed"
    case completing = "jobs.completing"
    case completed = "jobs.completed"
}
