import Glibc
import LocalCluster
import Synchronization

/// A real program that is started again, as a service manager would, whenever it is killed.
final class RunningProgram: Sendable {
    private struct State {
        var process: ChildProcess?
        /// The signal that ends it for good, once it has been sent.
        var lastSignal: Int32?
        var starts = 0
        var lastLines: [String] = []
        /// What went wrong before the last lines.
        var warnings: [String] = []
    }

    /// How many lines are kept for whoever reads a failure.
    private static let memory = 30

    let name: ProgramName
    private let executable: String
    private let environment: [String: String]
    /// The point at which its first life ends.
    private let fault: String?
    private let state = Mutex(State())

    init(_ name: ProgramName, environment: [String: String], fault: String?) throws {
        (self.name, self.environment, self.fault) = (name, environment, fault)
        executable = try name.executable
    }

    /// How often it has been started.
    var starts: Int { state.withLock { $0.starts } }

    /// Runs it until `stop`; after each death by SIGKILL `afterDeath` comes first and then another life.
    ///
    /// - Throws: `HarnessFault` when it ends in any other way; asked by SIGTERM, it has to end with status 0, which a
    ///   program that takes longer than its grace does not.
    func keepRunning(afterDeath: @Sendable () async throws -> Void) async throws {
        while let process = try await start() {
            let end = await withTaskCancellationHandler {
                await process.exit()
            } onCancel: {
                stop(SIGKILL)
            }
            let lastSignal = state.withLock { $0.lastSignal }
            if lastSignal == SIGKILL || lastSignal != nil && end == .code(0) { return }
            guard lastSignal == nil, end == .signal(SIGKILL) else {
                throw HarnessFault("\(name.rawValue) ended with \(end). It said:\n  \(said)")
            }
            try await afterDeath()
        }
    }

    /// Runs programs while `body` uses them, and then ends them with `signal`.
    static func serve(
        _ programs: [RunningProgram], ending signal: Int32 = SIGKILL,
        afterDeath: @escaping @Sendable (ProgramName) async throws -> Void = { _ in },
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for program in programs {
                group.addTask { try await program.keepRunning { try await afterDeath(program.name) } }
            }
            group.addTask {
                try await body()
                for program in programs { program.stop(signal) }
            }
            // The first failure, of the test or of a program, ends all the others.
            while try await group.next() != nil {}
        }
    }

    /// Its warnings and what it said last, for whoever reads a failure.
    var said: String { state.withLock { $0.warnings + $0.lastLines }.joined(separator: "\n  ") }

    /// Kills it if it lives; whether it did.
    func kill() -> Bool {
        guard let process = state.withLock({ $0.process }), process.status == nil else { return false }
        process.send(SIGKILL)
        return true
    }

    /// Ends it for good.
    func stop(_ signal: Int32) {
        let process = state.withLock { state in
            state.lastSignal = signal
            return state.process
        }
        process?.send(signal)
    }

    private func start() async throws -> ChildProcess? {
        var environment = environment
        let isFirst = state.withLock { state in
            state.starts += 1
            return state.starts == 1
        }
        if isFirst, let fault { environment["MERIDIAN_TEST_FAULT"] = fault }
        let process = try await ChildProcess.start(
            ChildProgram(executable, [], environment: environment),
            onLine: { [weak self] _, line in self?.note(line) })
        let isStopping = state.withLock { state in
            state.process = process
            return state.lastSignal != nil
        }
        if isStopping { process.send(SIGKILL) }
        return isStopping ? nil : process
    }

    private func note(_ line: String) {
        state.withLock { state in
            state.lastLines.append(line)
            guard state.lastLines.count > Self.memory else { return }
            let line = state.lastLines.removeFirst()
            guard line.contains(" WARNING ") || line.contains(" ERROR ") else { return }
            state.warnings.append(line)
            if state.warnings.count > Self.memory { state.warnings.removeFirst() }
        }
    }
}
