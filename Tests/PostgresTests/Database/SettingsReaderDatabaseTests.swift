import Glibc
import Postgres
import Runtime
import Testing

@Suite("The settings of a database")
struct SettingsReaderDatabaseTests {
    private func read(_ settings: [String: String]) throws -> DatabaseConfiguration {
        var reader = SettingsReader { settings[$0] }
        let configuration = reader.database(program: "routing-worker")
        return try reader.finish { configuration }
    }

    @Test("have defaults for all but the place")
    func defaults() throws {
        let configuration = try read(["MERIDIAN_DATABASE": "postgresql://desk@db/meridian"])
        #expect(configuration.connection.description == "desk@db/meridian")
        #expect(configuration.directConnection == nil)
        #expect(configuration.usesPreparedStatements)
        #expect(configuration.poolSize == 8)
    }

    @Test("can all be given")
    func given() throws {
        let configuration = try read([
            "MERIDIAN_DATABASE": "host=bouncer port=6432", "MERIDIAN_DATABASE_DIRECT": "host=db1,db2",
            "MERIDIAN_DATABASE_PREPARED": "no", "MERIDIAN_POOL": "20",
        ])
        #expect(configuration.directConnection?.description == "db1,db2/")
        #expect(!configuration.usesPreparedStatements)
        #expect(configuration.poolSize == 20)
    }

    @Test("put the most that the process may open, and the process, into the name that the server shows")
    func connectionName() throws {
        let name = try read(["MERIDIAN_DATABASE": "host=db", "MERIDIAN_POOL": "20"]).programName
        #expect(name.hasPrefix("routing-worker pool=21 \(getpid())@"))
    }

    @Test("are told all their faults at once, without the password")
    func faults() {
        let error = #expect(throws: SettingsFaults.self) {
            try read([
                "MERIDIAN_DATABASE": "password=hush colour=blue", "MERIDIAN_POOL": "0",
                "MERIDIAN_DATABASE_PREPARED": "oui",
            ])
        }
        #expect(error?.faults.count == 3)
        #expect(error?.description.contains("hush") == false)
    }
}
