import Foundation
import LocalCluster
import Postgres
import Runtime

extension Option {
    /// For commands that can also be asked about a desk that `deskctl up` runs.
    static let data = value(
        "--data", "DIR", "the desk that deskctl up runs on this folder, if MERIDIAN_DATABASE is not set")
}

/// How a command reaches the desk: by the settings that the programs have, or, where none are set, by the folder of a
/// desk that `deskctl up` runs on this machine.
struct DeskConnection: Sendable {
    /// The settings of the environment, completed by what the folder knows.
    let settings: [String: String]

    init(
        _ invocation: Invocation, environment: [String: String] = ChildProgram.ownEnvironment
    ) throws(CommandFault) {
        var settings = environment
        let isNamed =
            !(environment["MERIDIAN_DATABASE"] ?? "").isEmpty
            || !(environment["MERIDIAN_DATABASE_FILE"] ?? "").isEmpty
        if !isNamed {
            let folder = UpFolder(invocation.value("--data"), environment: environment)
            guard folder.isServing else {
                throw CommandFault(
                    "MERIDIAN_DATABASE is not set, and no desk is running on \(folder.path).",
                    advice: "deskctl up, or set MERIDIAN_DATABASE to the desk's PostgreSQL connection string.",
                    status: .configuration)
            }
            settings["MERIDIAN_DATABASE"] = folder.cluster.connection(database: UpFolder.databaseName, user: "postgres")
            if environment["MERIDIAN_SECRET"] == nil, environment["MERIDIAN_SECRET_FILE"] == nil {
                settings["MERIDIAN_SECRET_FILE"] = folder.masterKey
            }
        }
        self.settings = settings
    }

    /// A reader of these settings.
    var reader: SettingsReader { SettingsReader { [settings] in settings[$0] } }

    /// Lends the database to the body, on an event loop.
    func withDatabase(
        _ body: @escaping @Sendable (Database) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        var reader = reader
        let read = reader.database(program: "deskctl")
        var configuration = try reader.finish { read }
        // A command does one thing after the other.
        configuration.poolSize = min(configuration.poolSize, 2)
        let loops = EventLoopGroup(count: 1)
        return try await Database.lend(configuration, loops: loops) { database in
            try await loops.next().run { try await body(database) }
        }
    }
}
