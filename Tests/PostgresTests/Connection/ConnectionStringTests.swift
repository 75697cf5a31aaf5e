import Testing

@testable import Postgres

@Suite("A connection string")
struct ConnectionStringTests {
    @Test(
        "is read in both of libpq's forms",
        arguments: [
            "postgresql://desk:secret@db1:5433,db2:5434/meridian?target_session_attrs=read-write",
            "host=db1,db2 port=5433,5434 user=desk password=secret dbname=meridian target_session_attrs=read-write",
        ])
    func forms(text: String) throws {
        let string = try #require(ConnectionString(text))
        #expect(string.hosts?.map(\.name) == ["db1", "db2"])
        #expect(string.hosts?.map(\.port) == ["5433", "5434"])
        #expect(string.value(of: "dbname") == "meridian")
        #expect(string.description == "desk@db1:5433,db2:5434/meridian")
    }

    @Test(
        "is refused if libpq cannot read it or its lists do not fit",
        arguments: [
            "postgresql://[", "host=a,b port=1,2,3", "colour=blue", "host=a,b hostaddr=127.0.0.1",
        ])
    func refused(text: String) {
        #expect(ConnectionString(text) == nil)
    }

    @Test("keeps every value when it is written anew, whatever signs the value has")
    func writes() throws {
        let string = try #require(ConnectionString("host=/tmp")).with("password", "it's \\ a secret")
        let again = try #require(ConnectionString(string.text))
        #expect(again.value(of: "password") == "it's \\ a secret")
        #expect(again.value(of: "host") == "/tmp")
        #expect(!string.description.contains("secret"))
    }

    @Test("makes of each server a list of its own")
    func parameters() throws {
        let string = try #require(ConnectionString("host=a,/sock port=1 user=u target_session_attrs=primary"))
        let hosts = try #require(string.hosts)
        #expect(hosts.map(\.needsLookup) == [true, false])
        let parameters = string.parameters(
            for: hosts[1], sessionAttributes: "primary", defaults: [("user", "x"), ("client_encoding", "UTF8")])
        let expected = [
            ("user", "u"), ("host", "/sock"), ("port", "1"), ("target_session_attrs", "primary"),
            ("client_encoding", "UTF8"),
        ]
        #expect(parameters.map { "\($0.0)=\($0.1)" } == expected.map { "\($0.0)=\($0.1)" })
    }
}
