import BenchmarkSupport
import DeskStore
import Jobs
import Moments
import Postgres
import Runtime
import Synchronization

/// A letter of somebody who writes to somebody.
private struct OtherMail: Job {
    static let kind: JobKind = "bench.mail"
    static let queue = SendLetter.queue
    static let policy = JobPolicy.standard
}

extension Hall {
    /// How long a mail server takes for a letter.
    private static let letter = Duration.milliseconds(20)

    /// How long other mail waited until a worker took it, in milliseconds, while something runs beside it. The worker
    /// has letters of lesser weight to send at any time: an idle worker and a busy one are not to be compared.
    func mail(
        beside span: Duration, _ body: @escaping @Sendable (StopSignal) async throws -> Void
    ) async throws -> [Double] {
        try await database.transaction { (transaction: borrowing Transaction) in
            try transaction.enqueueLater(
                contentsOf: Array(repeating: SendLetter(letter: 0), count: Int(span / .seconds(1)) * 400),
                priority: .low)
        }
        let waits = Mutex<[Double]>([])
        let registry = JobRegistry([
            JobHandler(for: OtherMail.self) { _, context in
                waits.withLock { $0.append(context.claimedAt.duration(since: context.enqueuedAt) / .milliseconds(1)) }
                try await EventLoop.current?.sleep(for: Self.letter)
                return .done
            },
            JobHandler(for: SendLetter.self) { _, _ in
                try await EventLoop.current?.sleep(for: Self.letter)
                return .done
            },
        ])
        var settings = JobWorkerSettings(name: "benchmark")
        settings.queues = [SendLetter.queue]
        let worker = JobWorker(registry, database: database, settings: settings)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: loops.next()) { try await worker.run(until: stop) }
            group.addTask { try await body(stop) }
            group.addTask { [self] in
                while try await stop.untilRaised({ [self] in
                    try await database.transaction { (transaction: borrowing Transaction) in
                        try transaction.enqueueLater(OtherMail())
                    }
                    try await store.timekeeper.wait(for: .milliseconds(50))
                }) != nil {}
            }
            try await store.timekeeper.wait(for: span)
            stop.raise()
            try await group.waitForAll()
        }
        let all = waits.withLock(\.self)
        guard all.count > 20 else { throw BenchmarkFault("only \(all.count) mails were taken") }
        return all
    }
}
