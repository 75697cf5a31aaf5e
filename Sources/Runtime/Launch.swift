import CSystem
import Glibc
import Moments

/// The whole life of a long-running program: settings, signals, services, exit status.
public enum Launch {
    /// What every program is given to build its services from.
    public struct Resources: Sendable {
        /// Which program this is.
        public let program: Program
        /// The event loops.
        public let loops: EventLoopGroup
        /// Threads for work that blocks.
        public let offload: Offload
        /// The log.
        public let log: Log
        /// The figures of the program.
        public let metrics: Metrics
        /// The time of day.
        public let time: any Timekeeper
        /// How long a stop may take.
        public let grace: Duration
        /// Raised when the program is told to stop, before any service is; for readiness, which ends first.
        public let stopping: StopSignal
    }

    /// Runs a program until it is told to stop, and ends the process.
    ///
    /// `--help` prints all settings. Faults in the settings are told all at once, with exit status 78. `SIGTERM` and
    /// `SIGINT` stop the services from the last to the first within `MERIDIAN_GRACE`; a second one ends the process at
    /// once with 128 + the signal. A failure exits with the status of its error (``ExitingError``), else 70.
    /// - Parameters:
    ///   - arguments: what is left of the command line once a program has taken options of its own.
    ///   - reader: where the settings come from.
    ///   - settings: reads the program's own settings and ends with `finish`.
    ///   - services: makes the services, in the order in which each may use those before it.
    public static func run<Settings: Sendable>(
        program: Program, arguments: [String] = Array(CommandLine.arguments.dropFirst()),
        reader: SettingsReader = SettingsReader(),
        settings: (inout SettingsReader) throws(SettingsFaults) -> Settings,
        services: @escaping @Sendable (Settings, Resources) async throws -> [any Service]
    ) async -> Never {
        meridian_line_buffer_output()
        let plan = LaunchPlan(program: program, arguments: arguments, reader: reader, settings)
        switch plan {
        case .print(let text):
            LogSink.standardOutput.write(Array(text.utf8))
            exit(ExitStatus.success.rawValue)
        case .refuse(let text, let status):
            LogSink.standardError.write(Array(text.utf8))
            exit(status.rawValue)
        case .start(let common, let settings):
            exit(await start(program, common, settings, services).rawValue)
        }
    }

    static func start<Settings: Sendable>(
        _ program: Program, _ common: CommonSettings, _ settings: Settings,
        _ services: @escaping @Sendable (Settings, Resources) async throws -> [any Service]
    ) async -> ExitStatus {
        signal(SIGPIPE, SIG_IGN)
        let files = FileLimit.raise()
        let time = SystemTime()
        let log = Log(service: program.name, level: common.logLevel, format: common.logFormat)
        let resources = Resources(
            program: program, loops: EventLoopGroup(count: common.loops, log: log), offload: Offload(), log: log,
            metrics: Metrics(), time: time, grace: common.grace, stopping: StopSignal())
        ProcessMetrics.register(
            in: resources.metrics, program: program, started: Double(time.now.microseconds) / 1_000_000)
        log.info(
            "starting",
            [
                "version": .string(program.version), "pid": .int(Int(getpid())), "loops": .int(common.loops),
                "files": .int(files),
            ])
        do {
            try await resources.loops.loops[0].run {
                try watchSignals(resources)
                guard
                    let services = try await resources.stopping.untilRaised({ try await services(settings, resources) })
                else { return }
                log.info("started", ["services": .string(services.map(\.name).joined(separator: ", "))])
                try await ServiceGroup(services, grace: common.grace, loops: resources.loops, log: log)
                    .run(until: resources.stopping)
            }
            log.info("stopped")
            return .success
        } catch {
            let status = (error as? any ExitingError)?.exitStatus ?? .software
            log.error("ended by a failure", ["err": .error(error), "status": .int(Int(status.rawValue))])
            return status
        }
    }

    /// Has the first signal raise `stopping` and the second end the process.
    private static func watchSignals(_ resources: Resources) throws(SystemError) {
        try SignalWatch.start([SIGTERM, SIGINT], on: resources.loops.loops[0]) { signal in
            if resources.stopping.isRaised {
                resources.log.warning("told to stop again: ending at once", ["signal": .int(Int(signal))])
                _exit(128 + signal)
            }
            resources.log.info("told to stop", ["signal": .int(Int(signal)), "grace": .seconds(resources.grace)])
            endIfStuck(after: resources.grace + .seconds(5), resources.log)
            resources.stopping.raise()
        }
    }

    /// The last resort for services that ignore even cancellation: a thread that needs no loop.
    private static func endIfStuck(after limit: Duration, _ log: Log) {
        let thread = startThread(named: "last-resort") {
            sleep(UInt32(clamping: limit.components.seconds))
            log.error("still not stopped: ending at once", ["after": .seconds(limit)])
            _exit(ExitStatus.software.rawValue)
        }
        pthread_detach(thread)
    }
}
