import Synchronization

extension Log {
    /// What ties the lines of one request or job together, wherever they are written.
    ///
    /// Given with `Log.Context.with(…)` where a job is begun, or by a ``Log/Topic`` where one task does one thing
    /// after another; child tasks inherit it.
    public struct Context: Sendable, Hashable {
        /// The number under which the request is known, told to whoever asked.
        public var requestID: String?
        /// The place in a distributed trace, carried on in jobs and calls.
        public var trace: TraceContext?

        /// That of the present task; nil if it is about nothing in particular.
        public static var current: Context? { Topic.current?.context }

        public init(requestID: String? = nil, trace: TraceContext? = nil) {
            self.requestID = requestID
            self.trace = trace
        }

        /// Runs `body`, and whatever it starts, with this context.
        public static func with<Result>(
            _ context: Context, _ body: () async throws -> Result
        ) async rethrows -> Result {
            try await Topic(context).run(body)
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

    /// What a task is about that does one thing after another, such as the requests of a connection. Saying so costs a
    /// store, where a value bound to the task for each request costs four changes of its executor.
    ///
    /// What is started for one thing must have ended before the next, or its lines are taken for the next one's.
    public final class Topic: Sendable {
        @TaskLocal fileprivate static var current: Topic?

        private let latest: Mutex<Context?>

        public init(_ context: Context? = nil) { latest = Mutex(context) }

        fileprivate var context: Context? { latest.withLock { $0 } }

        /// Notes what the task is about next; nil for nothing in particular.
        public func change(to context: Context?) { latest.withLock { $0 = context } }

        /// Runs `body`, and whatever it starts, with this topic.
        public func run<Result>(_ body: () async throws -> Result) async rethrows -> Result {
            try await Self.$current.withValue(self) { try await body() }
        }
    }
}
