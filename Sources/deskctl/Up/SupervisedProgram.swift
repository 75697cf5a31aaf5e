import Glibc
import LocalCluster
import Moments
import Runtime

/// Keeps a program running: starts it, starts it again when it ends, and stops it with us.
struct SupervisedProgram: Service {
    let child: UpChild
    var arguments: [String] = []
    let merged: MergedLog
    let log: Log
    let time: any Timekeeper
    var backoff = Backoff(first: .milliseconds(500), most: .seconds(30))
    /// A program that ran for this long before it ended is started again as if for the first time.
    var provenAfter: Duration = .seconds(60)

    var name: String { child.name }

    func run(until stop: StopSignal) async throws {
        var attempt = 0
        while !stop.isRaised {
            let begun = time.now
            let end = try await runOnce(until: stop)
            guard !stop.isRaised else { return }
            // Wrong settings do not become right by trying again.
            if end == .code(ExitStatus.configuration.rawValue) || end == .code(ExitStatus.usage.rawValue) {
                throw CommandFault(
                    "\(child.name) refused its settings (\(end)); its lines above say why.", status: .configuration)
            }
            attempt = time.now.duration(since: begun) >= provenAfter ? 1 : attempt + 1
            let wait = backoff.delay(afterAttempt: attempt)
            log.warning(
                "a program ended by itself and is started again",
                ["program": .string(child.name), "end": .string("\(end)"), "wait": .seconds(wait)])
            try await stop.untilRaised { [time] in try await time.wait(for: wait) }
        }
    }

    /// Runs it to its end. A stop asks it to end; cancellation, which means that its time is over, kills it.
    private func runOnce(until stop: StopSignal) async throws -> ChildEnd {
        let program = ChildProgram(
            child.executable, arguments, environment: child.environment, signalAtOurDeath: SIGKILL)
        let process = try await ChildProcess.start(program) { [merged, name] _, line in
            merged.take(line, from: name)
        }
        log.debug("started", ["program": .string(child.name), "pid": .int(Int(process.id))])
        let registration = stop.onRaise { process.send(SIGTERM) }
        defer { registration.cancel() }
        return await withTaskCancellationHandler {
            await process.exit()
        } onCancel: {
            process.send(SIGKILL)
        }
    }
}
