import LocalCluster
import Testing

@Suite("The settings of the real programs", .timeLimit(.minutes(5)))
struct SettingsTests {
    /// The settings that every program of the desk takes: a value that is wrong, and the default in `--help`.
    private static let common: [(name: String, wrong: String, byDefault: String)] = [
        ("MERIDIAN_DATABASE", "host='", "Required."), ("MERIDIAN_DATABASE_DIRECT", "host='", ""),
        ("MERIDIAN_DATABASE_PREPARED", "maybe", "Default: yes"), ("MERIDIAN_POOL", "many", "Default: 8"),
        ("MERIDIAN_LOOPS", "0", "Default: one for each processor"), ("MERIDIAN_GRACE", "soon", "Default: 25"),
        ("MERIDIAN_PUBLIC_URL", "desk", "Default: http://localhost:8080"), ("MERIDIAN_SECRET", "nonsense", "Required."),
        ("MERIDIAN_LOG", "loud", "Default: json:info"),
    ]
    private static let ofWorkers: [(name: String, wrong: String, byDefault: String)] = [
        ("MERIDIAN_QUEUES", ",", "Default: *"), ("MERIDIAN_SITES", ",", "Default: *"),
        ("MERIDIAN_LEASE", "1", "Default: 30"),
    ]
    private static let ofServers: [(name: String, wrong: String, byDefault: String)] = [
        ("MERIDIAN_TRUSTED_PROXIES", "me", "Default: none")
    ]

    private static func settings(of program: ProgramName) -> [(name: String, wrong: String, byDefault: String)] {
        common
            + {
                switch program {
                case .intakeGateway:
                    ofServers + [
                        ("MERIDIAN_METRICS", "nowhere", "Default: *:9101"), ("MERIDIAN_HTTP", "x", "Default: *:8080"),
                        ("MERIDIAN_LMTP", "x", "Default: *:2424"), ("MERIDIAN_DOORS", "window", "Default: all"),
                    ]
                case .routingWorker:
                    ofWorkers + [
                        ("MERIDIAN_METRICS", "nowhere", "Default: *:9102"), ("MERIDIAN_SMTP", "post", ""),
                        ("MERIDIAN_CONCURRENCY", "x", "Default: 4"),
                    ]
                case .supplierWorker:
                    ofWorkers + [
                        ("MERIDIAN_METRICS", "nowhere", "Default: *:9103"),
                        ("MERIDIAN_OUTBOUND_ALLOW", "all", "Default: none"),
                        ("MERIDIAN_CONCURRENCY", "x", "Default: 4,suppliers=32"),
                    ]
                case .reportingService:
                    ofServers + [
                        ("MERIDIAN_METRICS", "nowhere", "Default: *:9104"), ("MERIDIAN_HTTP", "x", "Default: *:8081"),
                        ("MERIDIAN_REPORTING_DATABASE", "host='", ""),
                    ]
                case .catcher, .supplier: []
                }
            }()
    }

    @Test("A program with wrong settings names every one of them and ends with 78", arguments: ProgramName.ofDesk)
    func everyFault(_ program: ProgramName) async throws {
        let settings = Self.settings(of: program)
        let wrong = Dictionary(uniqueKeysWithValues: settings.map { ($0.name, $0.wrong) })
        let run = try await ShortRun(program, environment: wrong)
        #expect(run.end == .code(78) && run.output == "")
        let lines = run.errors.split(separator: "\n")
        for setting in settings {
            let told = lines.count { $0.hasPrefix("  - \(setting.name) ") }
            #expect(told == 1, "\(setting.name) in:\n\(run.errors)")
        }
        #expect(!run.errors.contains("nonsense"), "a secret is not repeated")
    }

    @Test("A program without settings asks for those it cannot do without", arguments: ProgramName.ofDesk)
    func required(_ program: ProgramName) async throws {
        let run = try await ShortRun(program)
        #expect(run.end == .code(78))
        #expect(run.errors.contains("MERIDIAN_DATABASE") && run.errors.contains("MERIDIAN_SECRET"))
    }

    @Test("--help lists every setting with its default", arguments: ProgramName.ofDesk)
    func help(_ program: ProgramName) async throws {
        let run = try await ShortRun(program, ["--help"])
        #expect(run.end == .code(0) && run.errors == "")
        let lines = run.output.split(separator: "\n").map { $0.drop { $0 == " " } }
        for setting in Self.settings(of: program) {
            let place = lines.firstIndex { $0 == setting.name || $0.hasPrefix("\(setting.name), ") }
            let explanation = place.flatMap { $0 + 1 < lines.count ? lines[$0 + 1] : nil }
            #expect(explanation?.hasSuffix(setting.byDefault) == true, "\(setting.name) in:\n\(run.output)")
        }
    }
}
