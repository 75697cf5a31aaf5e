extension Log {
    /// What ties the lines of one request or job together, wherever they are written.
    ///
    /// Set with `Log.Context.$current.withValue(…)` where a request is received or a job begun; child tasks inherit it.
    public struct Context: Sendable, Hashable {
        /// The number under which the request is known, told to whoever asked.
        public var requestID: String?
        /// The place in a distributed trace, carried on in jobs and calls.
        public var trace: TraceContext?

        @TaskLocal public static var current: Context?

        public init(requestID: String? = nil, trace: TraceContext? = nil) {
            self.requestID = requestID
            self.trace = trace
        }

        var fields: [(String, Value)] {
            var fields: [(String, Value)] = []
            if let requestID { fields.append(("request_id", .string(requestID))) }
            if let trace {
                fields.append(("trace_id", .string(trace.traceID)))
                fields.append(("span_id", .string(trace.spanID)))
            }
            return fields
        }
    }
}
