import Moments
import Postgres
import Runtime

/// Tells a worker's queues that there may be work, and has cancelled jobs cut short: at once when the database says so,
/// and every now and then in case it was not heard.
struct WakeUps: Sendable {
    let database: Database
    let lanes: LaneDirectory
    let bells: [JobQueue: [Bell]]
    let cancellations: JobCancellations
    let settings: JobWorkerSettings
    let log: Log

    /// Rings when a notification comes, and when listening begins anew, because what came before that was lost.
    func listen() async -> JobWorker.Part {
        for await event in database.notifications(on: wakeUpChannel) {
            switch event {
            case .connected:
                await refresh()
                ringAll()
                await cancellations.tryToLook()
            case .notification(_, cancelledPayload):
                await cancellations.tryToLook()
            case .notification(_, let payload):
                guard let id = Int32(payload) else { continue }
                if lanes.lane(id) == nil { await refresh() }
                guard let lane = lanes.lane(id), lanes.serves(lane), isOurs(lane) else { continue }
                for bell in bells[lane.queue.whole] ?? [] { bell.ring() }
            }
        }
        return .wakeUps
    }

    /// Everybody hears of a job, and a few are enough: the more workers there are, the seldomer each of them asks.
    /// Where none does, or there is more than these can take, others find it when they next look, which many do soon.
    private func isOurs(_ lane: Lane) -> Bool {
        let workers = lanes.workers(serving: lane)
        return workers <= Self.enough || settings.chance() % UInt64(workers) < Self.enough
    }

    private static let enough = 4

    /// Rings at intervals that differ a little, so that many workers do not ask at the same moment.
    func poll() async -> JobWorker.Part {
        while !Task.isCancelled {
            await refresh()
            ringAll()
            try? await settings.time.wait(for: settings.pollInterval * Double.random(in: 0.8...1.2))
        }
        return .wakeUps
    }

    private func ringAll() {
        for bell in bells.values.joined() { bell.ring() }
    }

    private func refresh() async {
        do {
            try await lanes.refresh(from: database, now: settings.now())
        } catch  where !Task.isCancelled {
            log.debug("the lanes of the queue could not be read", ["err": .error(error)])
        } catch {}
    }
}
