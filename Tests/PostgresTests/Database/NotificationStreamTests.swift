import Postgres
import PostgresTestSupport
import Testing

@Suite("A stream of notifications", .database, .timeLimit(.minutes(5)))
struct NotificationStreamTests {
    @Test("tells when it listens, and then what is notified, in order")
    func tells() async throws {
        let database = try TestDatabase.current
        var events = database.notifications(on: "job", "odd \"name\"").makeAsyncIterator()
        #expect(await events.next() == .connected)
        try await database.run("select pg_notify('job', 'first')")
        try await database.transaction { transaction in
            try await transaction.run("select pg_notify('odd \"name\"', 'second'), pg_notify('unheard', 'never')")
            try await transaction.run("select pg_notify('job', '')")
        }
        #expect(await events.next() == .notification(channel: "job", payload: "first"))
        #expect(await events.next() == .notification(channel: "odd \"name\"", payload: "second"))
        #expect(await events.next() == .notification(channel: "job", payload: ""))
    }

    @Test("listens again when its connection breaks, and says so")
    func reconnects() async throws {
        let database = try TestDatabase.current
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        for round in 1...3 {
            let listener = try await Activity.process(like: "listen%", in: database)
            try await database.run("select pg_terminate_backend(\(listener)::int)")
            #expect(await events.next() == .connected)
            try await database.run("select pg_notify('job', \("\(round)"))")
            #expect(await events.next() == .notification(channel: "job", payload: "\(round)"))
        }
    }

    @Test("ends when its task is cancelled, and its session ends with it")
    func ends() async throws {
        let database = try TestDatabase.current
        let (heard, signal) = AsyncStream<NotificationEvent>.makeStream()
        // Safe: the test waits for it.
        let task = Task {
            for await event in database.notifications(on: "job") { signal.yield(event) }
            signal.finish()
        }
        var events = heard.makeAsyncIterator()
        #expect(await events.next() == .connected)
        let listener = try await Activity.process(like: "listen%", in: database)
        task.cancel()
        #expect(await events.next() == nil)
        await task.value
        try await Activity.ended(listener, in: database)
    }

    @Test("goes over the direct connection")
    func direct() async throws {
        let own = try TestDatabase.own
        let pooled = own.connection.with("host", "/nonexistent")
        let database = own.open {
            $0.connection = pooled
            $0.directConnection = own.connection
        }
        var events = database.notifications(on: "job").makeAsyncIterator()
        #expect(await events.next() == .connected)
        await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
        await database.close()
    }
}
