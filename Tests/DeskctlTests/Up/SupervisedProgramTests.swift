import Moments
import Runtime
import Synchronization
import Testing

@testable import deskctl

@Suite("A supervised program")
struct SupervisedProgramTests {
    private let time = ManualTime(Moment(seconds: 1_000))

    /// What the program said, and a way to wait for the next thing it says.
    private final class Ear: Sendable {
        private struct State {
            var lines: [String] = []
            var waiter: (line: Int, continuation: CheckedContinuation<Void, Never>)?
        }
        private let state = Mutex(State())

        func hear(_ line: String) {
            let waiter =
                state.withLock { state in
                    state.lines.append(line)
                    guard let waiter = state.waiter, waiter.line <= state.lines.count else { return nil }
                    state.waiter = nil
                    return waiter.continuation
                } as CheckedContinuation<Void, Never>?
            waiter?.resume()
        }

        func lines(_ count: Int) async -> [String] {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.lines.count >= count { return true }
                    state.waiter = (count, continuation)
                    return false
                }
                if isThere { continuation.resume() }
            }
            return state.withLock { $0.lines }
        }
    }

    private func program(_ script: String, _ ear: Ear) -> SupervisedProgram {
        let child = UpChild(
            name: "sh", executable: "/bin/sh", environment: ["ENV": "", "PATH": "/usr/bin:/bin"], metricsPort: nil)
        return SupervisedProgram(
            child: child, arguments: ["-c", script], merged: MergedLog(format: .text, level: .info, write: ear.hear),
            log: .silent, time: time)
    }

    @Test("is asked to stop, and finishes what it is doing")
    func stops() async throws {
        let ear = Ear()
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let program = program("trap 'echo finished; exit 0' TERM; echo ready; while :; do sleep 0.01; done", ear)
            group.addTask { try await program.run(until: stop) }
            _ = await ear.lines(1)
            stop.raise()
            try await group.next()
        }
        #expect(await ear.lines(2).map { $0.suffix(8) } == ["sh: ready", "finished"].map { $0.suffix(8) })
    }

    @Test("is started again when it ends by itself, after a wait that grows")
    func restarts() async throws {
        let ear = Ear()
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let program = program("echo here; exit 3", ear)
            group.addTask { try await program.run(until: stop) }
            for count in 1...3 {
                #expect(await ear.lines(count).count == count)
                await time.untilAsleep()
                time.advance(by: .seconds(30))
            }
            stop.raise()
            try await group.next()
        }
    }

    @Test("that refuses its settings is not started again")
    func refusesSettings() async {
        let fault = await #expect(throws: CommandFault.self) {
            try await program("exit 78", Ear()).run(until: StopSignal())
        }
        #expect(fault?.problem == "sh refused its settings (exit status 78); its lines above say why.")
    }

    @Test("is killed when its time to stop is over")
    func killed() async throws {
        let ear = Ear()
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let program = program("trap 'echo no' TERM; echo ready; while :; do sleep 0.01; done", ear)
            group.addTask { try await program.run(until: stop) }
            _ = await ear.lines(1)
            stop.raise()
            _ = await ear.lines(2)
            group.cancelAll()
            try await group.next()
        }
    }
}
