/// The jobs that a worker knows, and what it does with them. A worker is only given jobs that it knows.
public struct JobRegistry: Sendable {
    private var handlers: [JobKind: JobHandler] = [:]
    private(set) var schedules: [JobSchedule] = []

    public init() {}

    /// - Precondition: no two handlers are for the same kind.
    public init(_ handlers: [JobHandler]) {
        for handler in handlers { add(handler) }
    }

    /// Has jobs of a type handled. See ``JobHandler``.
    /// - Precondition: the type has no handler yet.
    public mutating func handler<J: Job>(
        for type: J.Type, _ handle: @escaping @Sendable (J, JobContext) async throws -> JobOutcome
    ) {
        add(JobHandler(for: type, handle))
    }

    /// - Precondition: the handler's kind has none yet.
    public mutating func add(_ handler: JobHandler) {
        precondition(handlers[handler.kind] == nil, "jobs of kind \(handler.kind) have two handlers")
        handlers[handler.kind] = handler
    }

    /// Has the worker leave jobs at times of the clock, beside all others that do.
    /// - Precondition: no two schedules have the same name.
    public mutating func add(_ schedule: JobSchedule) {
        precondition(!schedules.contains { $0.name == schedule.name }, "two schedules are named \(schedule.name)")
        schedules.append(schedule)
    }

    subscript(kind: JobKind) -> JobHandler? { handlers[kind] }

    /// How many jobs of these kinds are handled together, where it is not one.
    func batches(of kinds: [JobKind]) -> [JobKind: Int] {
        Dictionary(
            uniqueKeysWithValues: kinds.compactMap { kind in handlers[kind]?.batch.map { (kind, $0.limit) } })
    }

    /// The queues in which jobs with a handler wait, and the kinds that each holds.
    var kinds: [JobQueue: [JobKind]] {
        Dictionary(grouping: handlers.values, by: \.queue).mapValues { handlers in
            handlers.map(\.kind).sorted { $0.rawValue < $1.rawValue }
        }
    }
}
