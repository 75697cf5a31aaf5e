import Postgres
import PostgresTestSupport
import Testing

@Suite("A server that is gone without a word", .database, .timeLimit(.minutes(5)))
struct SilentServerTests {
    /// A database whose direct connection leads over a relay, where silence is short.
    private func relayed() throws -> (Relay, Database) {
        let own = try TestDatabase.own
        let relay = try Relay(to: own.connection.value(of: "host") ?? "", port: own.connection.value(of: "port") ?? "")
        let database = own.open {
            $0.directConnection = own.connection.with("host", relay.folder)
            $0.silence = .milliseconds(100)
        }
        return (relay, database)
    }

    @Test("is noticed by whoever listens, who listens again elsewhere")
    func listener() async throws {
        let (relay, database) = try relayed()
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await database.run("select pg_notify('job', 'heard')")
        #expect(await events.next() == .notification(channel: "job", payload: "heard"))
        relay.fallSilent()
        try await database.run("select pg_notify('job', 'lost')")
        #expect(await events.next() == .connected)
        #expect(relay.count == 2)
        try await database.run("select pg_notify('job', 'heard again')")
        #expect(await events.next() == .notification(channel: "job", payload: "heard again"))
        await database.close()
        relay.close()
    }

    @Test("is not taken for one to whom nobody has anything to say")
    func quiet() async throws {
        let (relay, database) = try relayed()
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        let listener = try await Activity.process(like: "listen%", in: database)
        async let next = events.next()
        // By then it has been asked for a sign of life.
        let query: SQL = "select count(*) from pg_stat_activity where pid = \(listener) and query = 'select'"
        while try await database.first(query, as: Int.self) == 0 { try await database.nap() }
        try await database.run("select pg_notify('job', 'heard')")
        #expect(await next == .notification(channel: "job", payload: "heard"))
        #expect(relay.count == 1)
        await database.close()
        relay.close()
    }

    @Test("is noticed within 15 seconds unless told otherwise, the next connection included")
    func defaults() throws {
        let configuration = try DatabaseConfiguration(TestDatabase.own.connection)
        #expect(configuration.silence * 2 + configuration.connectTimeout <= .seconds(15))
    }
}
