import Glibc
import PostgresTestSupport
import Runtime
import Testing

@testable import Postgres

@Suite("Connecting", .timeLimit(.minutes(5)))
struct ConnectingTests {
    private func database(_ text: String, _ configure: (inout DatabaseConfiguration) -> Void = { _ in }) throws
        -> Database
    {
        var configuration = DatabaseConfiguration(try #require(ConnectionString(text)))
        configure(&configuration)
        return Database(configuration, loops: TestDatabase.loops)
    }

    @Test("to where no server is fails soon, says why, and then fails at once")
    func nobodyThere() async throws {
        let database = try database("host=/nonexistent dbname=x")
        for _ in 0..<3 {
            let error = await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
            #expect(error?.reason == .unreachable)
            #expect(error?.isTransient == true)
            #expect(error?.report.contains("/nonexistent") == true)
        }
        await database.close()
    }

    @Test("with a name that has no address fails and names it")
    func noSuchName() async throws {
        let database = try database("host=no-such-host.invalid dbname=x")
        let error = await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
        #expect(error?.reason == .unreachable)
        #expect(error?.report.contains("no-such-host.invalid") == true)
        await database.close()
    }

    @Test("passes over servers that do not exist or do not answer")
    func severalServers() async throws {
        let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(silent) }
        let port = try listen(silent)
        try await TestDatabase.with { own in
            let folder = own.connection.value(of: "host") ?? ""
            let socketPort = own.connection.value(of: "port") ?? ""
            let several = own.connection
                .with("host", "/nonexistent,127.0.0.1,\(folder)")
                .with("port", "\(socketPort),\(port),\(socketPort)")
                .with("target_session_attrs", "read-write")
            let database = try database(several.text) { $0.connectTimeout = .seconds(2) }
            #expect(try await database.first("select 1", as: Int.self) == 1)
            await database.close()
        }
    }

    /// Has the socket accept connections on a free port, and never say anything.
    private func listen(_ socket: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) | Glibc.listen(socket, 8) | getsockname(socket, generic, &length)
            }
        }
        try #require(code == 0)
        return UInt16(bigEndian: address.sin_port)
    }

    @Test("to a server of the wrong kind goes on to the next, and fails if there is none")
    func wrongKind() async throws {
        try await TestDatabase.with { own in
            let standby = try database(own.connection.with("target_session_attrs", "standby").text)
            let error = await #expect(throws: DatabaseError.self) { try await standby.run("select 1") }
            #expect(error?.report.contains("standby") == true)
            let either = try database(own.connection.with("target_session_attrs", "prefer-standby").text)
            #expect(try await either.run("select 1") == 1)
            await standby.close()
            await either.close()
        }
    }

    @Test("to an unknown database says so without saying the password")
    func unknownDatabase() async throws {
        try await TestDatabase.with { own in
            let database = try database(own.connection.with("dbname", "nowhere").with("password", "hush").text)
            let error = await #expect(throws: DatabaseError.self) { try await database.run("select 1") }
            #expect(error?.reason == .unreachable)
            #expect(error?.report.contains("\"nowhere\" does not exist") == true)
            #expect(!"\(try #require(error))".contains("hush"))
            await database.close()
        }
    }

    @Test("looks names up off the loop")
    func lookup() throws {
        let found = try addresses(of: "localhost")
        #expect(found.contains("127.0.0.1") || found.contains("::1"))
        #expect(throws: SystemError.self) { try addresses(of: "no-such-host.invalid") }
    }

    @Test("tells the server who asks")
    func programName() async throws {
        try await TestDatabase.with { own in
            let database = try database(own.connection.text) { $0.programName = "routing-worker" }
            let name = try await database.first("select current_setting('application_name')", as: String.self)
            #expect(name == "routing-worker")
            await database.close()
        }
    }
}
