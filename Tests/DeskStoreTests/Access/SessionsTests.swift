import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Sessions", .database(template: TestDesk.template))
struct SessionsTests {
    @Test("A session that nobody uses ends after half an hour, and each use begins the half hour anew")
    func idle() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        try await desk.store.startSession(digest: [1], person: kari)
        for _ in 0..<5 {
            desk.time.advance(by: .seconds(29 * 60))
            #expect(try await desk.store.session(digest: [1])?.person == kari)
        }
        desk.time.advance(by: .seconds(30 * 60))
        #expect(try await desk.store.session(digest: [1]) == nil)
    }

    @Test("However busy, a session ends twelve hours after it began")
    func absolute() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        try await desk.store.startSession(digest: [1], person: kari)
        for _ in 0..<35 {
            desk.time.advance(by: .seconds(20 * 60))
            let session = try #require(await desk.store.session(digest: [1]))
            #expect(session.expiresAt == TestDesk.monday + .seconds(12 * 3600))
        }
        desk.time.advance(by: .seconds(20 * 60))
        #expect(try await desk.store.session(digest: [1]) == nil)
    }

    @Test("Signing out ends one session; a new password ends all of that person and of nobody else")
    func ends() async throws {
        let desk = try TestDesk()
        let (kari, ola) = (try await desk.person("kari.nordmann"), try await desk.person("ola.hansen"))
        for (digest, person) in [([1], kari), ([2], kari), ([3], kari), ([4], ola)] as [([UInt8], PersonID)] {
            try await desk.store.startSession(digest: digest, person: person)
        }
        try await desk.store.endSession(digest: [1])
        #expect(try await desk.store.session(digest: [1]) == nil)
        #expect(try await desk.store.session(digest: [2]) != nil)
        try await desk.store.setPassword("hash", of: kari)
        #expect(try await desk.store.session(digest: [2]) == nil)
        #expect(try await desk.store.session(digest: [3]) == nil)
        #expect(try await desk.store.session(digest: [4])?.person == ola)
    }

    @Test(
        "The doors and the reports can start, read and end sessions and ask for rights under their own roles",
        arguments: ["intake", "reporting"])
    func roles(program: String) async throws {
        let kari = try await TestDesk().person("kari.nordmann")
        try await TestDesk.playing("meridian_\(program)") { desk in
            try await desk.store.startSession(digest: [1], person: kari)
            desk.time.advance(by: .seconds(120))
            #expect(try await desk.store.session(digest: [1])?.person == kari)
            #expect(try await desk.store.rights(of: kari).person == kari)
            try await desk.store.endSessions(of: kari)
            #expect(try await desk.store.session(digest: [1]) == nil)
        }
    }
}
