import Postgres
import PostgresTestSupport
import Testing

@Suite("A batch", .database, .timeLimit(.minutes(5)))
struct BatchTests {
    @Test("brings the answers to all its questions in one round trip, each to whoever asked")
    func answers() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table seat (id int primary key, name text)")
        let before = database.roundTrips
        var batch = Batch()
        batch.run("insert into seat values (1, 'a'), (2, 'b')")
        let names = batch.all("select name from seat order by id", as: String.self)
        let last = batch.first("select id, name from seat order by id desc", as: (Int, String).self)
        let none = batch.first("select id from seat where id = 3", as: Int.self)
        let length = batch.all("select id, name from seat", as: (Int, String).self).map(\.count)
        let answers = try await database.ask(batch)
        #expect(database.roundTrips == before + 1)
        #expect(try answers[names] == ["a", "b"])
        #expect(try answers[last].map { "\($0.0)\($0.1)" } == "2b")
        #expect(try answers[none] == nil)
        #expect(try answers[length] == 2)
        #expect(try answers[Pending.known(7)] == 7)
    }

    @Test("sees with the settings that come with it, and leaves none behind")
    func settings() async throws {
        let database = try TestDatabase.own.open { $0.poolSize = 1 }
        var batch = Batch()
        let seen = batch.first("select current_setting('desk.eyes', true)", as: String?.self)
        #expect(try await database.ask(batch, settings: [("desk.eyes", "17")])[seen] == "17")
        #expect(try await database.ask(batch)[seen] != "17")
        await database.close()
    }

    @Test("changes nothing where one of its statements is refused")
    func refused() async throws {
        let database = try TestDatabase.current
        try await database.run(script: "create table seat (id int primary key)")
        var batch = Batch()
        batch.run("insert into seat values (1)")
        batch.run("insert into seat values (1)")
        let failing = batch
        await #expect(throws: DatabaseError.self) { try await database.ask(failing) }
        #expect(try await database.first("select count(*) from seat", as: Int.self) == 0)
    }

    @Test("without questions asks nothing")
    func empty() async throws {
        let database = try TestDatabase.current
        let before = database.roundTrips
        _ = try await database.ask(Batch())
        #expect(database.roundTrips == before)
    }
}
