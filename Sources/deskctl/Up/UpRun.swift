import DeskProgram
import DeskSchema
import DeskStore
import Foundation
import HTTP
import LocalCluster
import Moments
import Postgres
import Runtime
import Secrets
import Sockets
import Synchronization
import TimeZones

/// Carries out the plan of `deskctl up`.
struct UpRun: Sendable {
    let plan: UpPlan

    func run() async throws -> ExitStatus {
        var reader = SettingsReader { [plan] in plan.environment[$0] }
        let read = CommonSettings(from: &reader)
        let common = try reader.finish { read }
        try plan.checkPrograms()
        try plan.ports.checkFree(withExample: plan.isExample)
        let lock = try hold()
        defer { lock.release() }

        let fault = Mutex<(any Error)?>(nil)
        let status = await Launch.serve(program: Self.program, common: common) { resources in
            do {
                return try await services(common, resources)
            } catch {
                fault.withLock { $0 = error }
                throw error
            }
        }
        if let fault = fault.withLock({ $0 }) { throw fault }
        return status
    }

    private static let program = Program("deskctl", Command.up.summary)

    /// Makes the folder and takes it for this process.
    private func hold() throws -> FolderLock {
        do {
            try FileManager.default.createDirectory(atPath: plan.folder.path, withIntermediateDirectories: true)
        } catch {
            throw CommandFault(
                "the folder \(plan.folder.path) cannot be made.", advice: "name a folder you may write with --data.",
                status: .cannotCreate)
        }
        if let lock = try FolderLock(plan.folder.path) { return lock }
        throw CommandFault(
            "a desk already runs on the data in \(plan.folder.path).", advice: "stop it first, or name another --data.",
            status: .unavailable)
    }

    /// Everything that runs, in the order in which each may use those before it; it is stopped from the last on.
    private func services(_ common: CommonSettings, _ resources: Launch.Resources) async throws -> [any Service] {
        let begun = resources.time.now
        let merged = MergedLog(format: common.logFormat, level: common.logLevel)
        let masterKeys = try makeMasterKeys()
        var services: [any Service] = []
        let example: ExampleDesk.Keys?
        let signIn: (_ role: String) -> [String: String]
        if let given = plan.database {
            example = try await prepare(given.configuration, masterKeys, resources)
            let roles = await given.admitted(UpPlan.desk.map(\.role), loops: resources.loops, log: resources.log)
            signIn = { roles.contains($0) ? given.settings(under: $0) : [:] }
        } else {
            let own = try await ClusterService.start(
                plan.folder.cluster, merged: merged, log: resources.log, time: resources.time)
            try await own.makeDatabase(UpFolder.databaseName, loops: resources.loops)
            services.append(own)
            let connection = { own.connection(database: UpFolder.databaseName, user: $0) }
            example = try await prepare(DatabaseConfiguration(connection("postgres")), masterKeys, resources)
            signIn = { ["MERIDIAN_DATABASE": connection($0).text] }
        }
        let children = plan.children(database: signIn, webhookSecrets: example?.webhookSecrets ?? [:])
        services += children.map {
            SupervisedProgram(child: $0, merged: merged, log: resources.log, time: resources.time)
        }
        let client = HTTPClient(
            loops: resources.loops, resolver: Resolver(offload: resources.offload), tls: try TLSContext(), rules: nil)
        services.append(
            UpGreeting(
                plan: plan, children: children, example: example,
                probe: ReadinessProbe(client: client, time: resources.time), log: resources.log, begun: begun,
                format: common.logFormat))
        return services
    }

    /// The master keys of the settings, or the one of the folder, which is made on the first start.
    private func makeMasterKeys() throws -> MasterKeys {
        let settings = plan.secretSettings
        if settings["MERIDIAN_SECRET_FILE"] == plan.folder.masterKey {
            try OwnersFile.make(
                plan.folder.masterKey, containing: "1:\(Base64.encode(RandomBytes.make(32)))\n")
        }
        var reader = SettingsReader { settings[$0] }
        let keys = reader.masterKeys()
        return try reader.finish { keys }
    }

    /// Brings the tables up to date, and makes the example if it is asked for.
    private func prepare(
        _ configuration: DatabaseConfiguration, _ masterKeys: MasterKeys, _ resources: Launch.Resources
    ) async throws -> ExampleDesk.Keys? {
        try await Database.lend(configuration, loops: resources.loops, log: resources.log) { database in
            let migrator = Migrator(database, migrations: deskSchema)
            let done = try await migrator.migrate(programNumber: DeskProgram.number)
            try await LogMonths(database).make(at: resources.time.now)
            resources.log.info("the tables are up to date", ["migrations": .int(done.count)])
            let store = DeskStore(database, timekeeper: resources.time, zones: TimeZones())
            let example = ExampleDesk(
                store: store, secrets: SecretStore(store, keys: masterKeys),
                hasher: PasswordHasher(offload: resources.offload), ports: plan.ports,
                passwordFile: plan.folder.examplePassword)
            return plan.isExample ? try await example.make() : nil
        }
    }
}
