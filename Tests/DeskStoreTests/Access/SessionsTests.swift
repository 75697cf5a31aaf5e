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
    /// Whom the doors know by a session.
    private func caller(_ digest: [UInt8], of desk: TestDesk) async throws -> PersonID? {
        try await desk.store.caller(session: digest).caller?.person.id
    }

    @Test("A session that nobody uses ends after half an hour, and each use begins the half hour anew")
    func idle() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        try await desk.store.startSession(digest: [1], person: kari)
        for _ in 0..<5 {
            desk.time.advance(by: .seconds(29 * 60))
            #expect(try await caller([1], of: desk) == kari)
        }
        desk.time.advance(by: .seconds(30 * 60))
        #expect(try await caller([1], of: desk) == nil)
    }

    @Test("However busy, a session ends twelve hours after it began")
    func absolute() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        try await desk.store.startSession(digest: [1], person: kari)
        for _ in 0..<35 {
            desk.time.advance(by: .seconds(20 * 60))
            #expect(try await caller([1], of: desk) == kari)
        }
        desk.time.advance(by: .seconds(20 * 60))
        #expect(try await caller([1], of: desk) == nil)
    }

    @Test("Signing out ends one session; a new password ends all of that person and of nobody else")
    func ends() async throws {
        let desk = try TestDesk()
        let (kari, ola) = (try await desk.person("kari.nordmann"), try await desk.person("ola.hansen"))
        for (digest, person) in [([1], kari), ([2], kari), ([3], kari), ([4], ola)] as [([UInt8], PersonID)] {
            try await desk.store.startSession(digest: digest, person: person)
        }
        try await desk.store.endSession(digest: [1])
        #expect(try await caller([1], of: desk) == nil)
        #expect(try await caller([2], of: desk) != nil)
        try await desk.store.setPassword("hash", of: kari)
        #expect(try await caller([2], of: desk) == nil)
        #expect(try await caller([3], of: desk) == nil)
        #expect(try await caller([4], of: desk) == ola)
    }

    @Test(
        "The doors and the reports can start, read and end sessions and ask for rights under their own roles",
        arguments: ["intake", "reporting"])
    func roles(program: String) async throws {
        let kari = try await TestDesk().person("kari.nordmann")
        try await TestDesk.playing("meridian_\(program)") { desk in
            try await desk.store.startSession(digest: [1], person: kari)
            desk.time.advance(by: .seconds(120))
            #expect(try await caller([1], of: desk) == kari)
            #expect(try await desk.store.rights(of: kari).person == kari)
            try await desk.store.endSessions(of: kari)
            #expect(try await caller([1], of: desk) == nil)
        }
    }
}
