import Postgres
import Runtime

/// A database that the environment names and the operator runs.
struct GivenDatabase: Equatable, Sendable {
    /// As the operator signs in to it.
    let connection: ConnectionString
    /// The same without a pooler in between.
    let direct: ConnectionString?

    /// Nil if the environment names none.
    ///
    /// - Throws: `SettingsFaults` if libpq cannot read what it says.
    init?(_ environment: [String: String]) throws(SettingsFaults) {
        let names = ["MERIDIAN_DATABASE", "MERIDIAN_DATABASE_FILE"]
        guard names.contains(where: { environment[$0]?.isEmpty == false }) else { return nil }
        var reader = SettingsReader { environment[$0] }
        let read = reader.database(program: "deskctl")
        let configuration = try reader.finish { read }
        (connection, direct) = (configuration.connection, configuration.directConnection)
    }

    /// As the operator uses it.
    var configuration: DatabaseConfiguration {
        var configuration = DatabaseConfiguration(connection)
        configuration.directConnection = direct
        return configuration
    }

    /// What a program is told that signs in under a role of its own.
    func settings(under role: String) -> [String: String] {
        var settings = ["MERIDIAN_DATABASE": connection.under(role).text, "MERIDIAN_DATABASE_FILE": ""]
        if let direct {
            settings["MERIDIAN_DATABASE_DIRECT"] = direct.under(role).text
            settings["MERIDIAN_DATABASE_DIRECT_FILE"] = ""
        }
        return settings
    }

    /// Those of the roles that the server lets in without the operator's password: where `pg_hba.conf` trusts them, or
    /// where their own passwords stand in libpq's password file, which knows users apart.
    func admitted(_ roles: [String], loops: EventLoopGroup, log: Log) async -> Set<String> {
        var admitted: Set<String> = []
        for role in roles {
            do {
                try await signIn(under: role, loops: loops)
                admitted.insert(role)
            } catch {
                log.warning(
                    "a program signs in as the operator: the server does not let its own role in",
                    ["role": .string(role), "err": .error(error)])
            }
        }
        return admitted
    }

    private func signIn(under role: String, loops: EventLoopGroup) async throws {
        var configuration = DatabaseConfiguration(connection.under(role))
        configuration.poolSize = 1
        configuration.acquireTimeout = .seconds(3)
        _ = try await Database.lend(configuration, loops: loops) { try await $0.first("select 1", as: Int.self) }
    }
}

extension ConnectionString {
    /// The same database under another role. Empty, a password is looked for in the password file.
    fileprivate func under(_ role: String) -> ConnectionString { with("user", role).with("password", "") }
}
