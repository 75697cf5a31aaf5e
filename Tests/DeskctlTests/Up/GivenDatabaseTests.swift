import DeskSchema
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import deskctl

@Suite("A database that the environment names")
struct GivenDatabaseTests {
    private func given(_ environment: [String: String]) throws -> GivenDatabase {
        let given = try GivenDatabase(environment)
        return try #require(given)
    }

    @Test("is none where nothing is named, and a fault where libpq cannot read what is")
    func named() throws {
        #expect(try GivenDatabase(["MERIDIAN_DATABASE": ""]) == nil)
        #expect(try given(["MERIDIAN_DATABASE": "host=db"]).direct == nil)
        #expect(throws: SettingsFaults.self) { try GivenDatabase(["MERIDIAN_DATABASE": "host=db port=1,2"]) }
    }

    @Test("is reached under a program's own role without the operator's password, through the pooler and past it")
    func settings() throws {
        let database = try given([
            "MERIDIAN_DATABASE": "postgresql://owner:secret@pooler/desk",
            "MERIDIAN_DATABASE_DIRECT": "postgresql://owner:secret@db/desk",
        ])
        let settings = database.settings(under: "meridian_intake")
        for (name, host) in [("MERIDIAN_DATABASE", "pooler"), ("MERIDIAN_DATABASE_DIRECT", "db")] {
            let place = try #require(settings[name].flatMap(ConnectionString.init))
            #expect(place.value(of: "user") == "meridian_intake")
            #expect(place.value(of: "host") == host)
            #expect(place.value(of: "dbname") == "desk")
            #expect(place.value(of: "password") ?? "" == "")
        }
        #expect(settings["MERIDIAN_DATABASE_FILE"] == "", "what the environment names in a file is not named twice")
    }

    @Test(
        "is used under those roles that the server lets in",
        .database(template: TestTemplate("schema of a desk", migrations: deskSchema)))
    func admitted() async throws {
        let own = try TestDatabase.own
        let database = try given(["MERIDIAN_DATABASE": own.connection.text])
        let roles = ["meridian_intake", "nobody_of_that_name", "meridian_reporting"]
        let admitted = await database.admitted(roles, loops: TestDatabase.loops, log: .silent)
        #expect(admitted == ["meridian_intake", "meridian_reporting"])
    }
}
