import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Glibc
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets

@testable import Jobs

/// A desk of real processes on a database of its own.
struct RunningDesk: Sendable {
    let database: Database
    let ports: DeskPorts
    let client: DeskClient
    let mail: MailSender
    /// Where the mail catcher and the supplier keep what they got.
    let folder: String
    let programs: [ProgramName: RunningProgram]
    /// Whether the desk gets no help with what a killed program held: another life of it, or its neighbour, has to take
    /// that back by itself when the lease is over.
    let isLeftAlone: Bool
    /// The agent of Oslo's first line who works with a browser, and her password.
    static let agent = (address: "kari.nordmann@norrsken.example", password: "correct horse battery staple")

    /// Starts a desk on a database of its own, lends it to `body` and ends it.
    ///
    /// - Parameter fault: the program that is to kill itself, and the point at which.
    static func run(
        fault: (program: ProgramName, point: String)? = nil, ending signal: Int32 = SIGKILL, isLeftAlone: Bool = false,
        _ body: @escaping @Sendable (RunningDesk) async throws -> Void
    ) async throws {
        try await TestDatabase.with(template: TestDesk.template) { own in
            try await withFolder { folder in
                let desk = try await RunningDesk(
                    own.database, at: own.connection, folder: folder, fault: fault, isLeftAlone: isLeftAlone)
                try await desk.serve(ending: signal, body)
            }
        }
    }

    /// Lends a folder that is gone afterwards.
    static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/meridian-journey-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// - Parameters:
    ///   - database: the desk's, as its superuser; the tables are there.
    ///   - ports: free ones if nil.
    ///   - organisation: the example's if nil.
    ///   - agreed: secrets that somebody else knows too, by their names; all others are made up.
    ///   - names: the programs that are started.
    init(
        _ database: Database, at connection: ConnectionString, folder: String, on ports: DeskPorts? = nil,
        organisation: Organisation? = nil, agreed: [String: String] = [:],
        running names: [ProgramName] = ProgramName.allCases, fault: (program: ProgramName, point: String)? = nil,
        isLeftAlone: Bool = false
    ) async throws {
        let ports = try ports ?? DeskPorts()
        self.ports = ports
        (self.database, self.folder, self.isLeftAlone) = (database, folder, isLeftAlone)
        let store = DeskStore(database, timekeeper: SystemTime(), zones: TestDesk.zones)
        let organisation = try organisation ?? JourneyOrganisation.read(supplierPort: ports.supplier)
        _ = try await store.apply(organisation, by: "the tests")
        let masterKey = Self.newMasterKey()
        let secretStore = SecretStore(store, keys: try MasterKeys(parsing: masterKey))
        var secrets: [String: String] = [:]
        for name in organisation.suppliers.flatMap(\.connector.terms.secrets) {
            let value = agreed[name] ?? WebhookSecret.random().text
            try await secretStore.set(name, to: Array(value.utf8))
            secrets[name] = value
        }
        let hasher = PasswordHasher(
            offload: Offload(width: 1), cost: ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1))
        guard let agent = try await store.person(at: Self.agent.address) else {
            throw HarnessFault("The example has no \(Self.agent.address).")
        }
        try await store.setPassword(hasher.hash(Self.agent.password).text, of: agent.id)
        let token = APIToken.random(prefix: "mer")
        try await store.addToken(
            name: "journey", digest: token.digest.bytes, scopes: ["tickets:read", "tickets:write"], site: nil,
            expiresAt: nil)
        let settings = ProgramSettings(
            ports: ports, folder: folder, connection: connection, secrets: secrets, masterKey: masterKey,
            hasShortLease: isLeftAlone)
        programs = try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let point = fault.flatMap { $0.program == name ? $0.point : nil }
                return (name, try RunningProgram(name, environment: settings.environment(of: name), fault: point))
            })
        client = try DeskClient(port: ports.gateway, token: token.text)
        mail = try MailSender(port: ports.lmtp)
    }

    /// A master key in the form of `MERIDIAN_SECRET`.
    static func newMasterKey() -> String { "test:\(Base64.encode(RandomBytes.make(32)))" }

    /// Runs the programs while `body` uses them, and then ends them with `signal`.
    func serve(
        ending signal: Int32 = SIGKILL, _ body: @escaping @Sendable (RunningDesk) async throws -> Void
    ) async throws {
        try await RunningProgram.serve(Array(programs.values), ending: signal, afterDeath: clearAway(after:)) {
            do {
                try await body(self)
            } catch let fault where !(fault is CancellationError) {
                throw HarnessFault("\(fault)\n\(lastWords)")
            }
        }
    }

    /// What a killed program leaves behind is over once the server has noticed. Its jobs would be held until its lease
    /// is over; the test lets that time be up at once, and takes the jobs back as another worker would.
    @Sendable private func clearAway(after name: ProgramName) async throws {
        guard let role = name.role, !isLeftAlone else { return }
        try await until("the sessions of the killed \(name.rawValue) end") { () -> Void? in
            let sessions = try await database.first(
                "select count(*) from pg_stat_activity where datname = current_database() and usename = \(role)",
                as: Int.self)
            return sessions == 0 ? () : nil
        }
        try await database.run(
            "update jobs.worker set expires_at = clock_timestamp() where name = \(name.rawValue)")
        _ = try await Rescue(database: database, now: nil).run()
    }

    /// What each program said last, for whoever reads a failure.
    private var lastWords: String {
        programs.values.filter { $0.name.role != nil }
            .map { "\($0.name.rawValue), started \($0.starts) times:\n  \($0.said)" }.sorted().joined(separator: "\n")
    }
}
