import Runtime

/// What a task keeps that makes one attempt after the other: what its lines in the log are about.
struct AttemptSeries: Sendable {
    let topic = Log.Topic()
    /// For the steps of traces: the system's own generator is asked anew for each number, which takes longer than a
    /// small handler.
    private var random = SplitMix64()

    /// Has what is written into the log from here on belong to the job.
    mutating func begin(_ job: ClaimedJob) {
        let trace = job.traceparent.flatMap(TraceContext.init(traceparent:))?.child(using: &random)
        topic.change(
            to: Log.Context(requestID: job.requestID, trace: trace ?? TraceContext(using: &random)))
    }
}
