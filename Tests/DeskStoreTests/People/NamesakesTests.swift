import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Two people of one name", .database(template: TestDesk.template))
struct NamesakesTests {
    private func twin(at address: String, on desk: TestDesk) async throws -> PersonID {
        var submission = TestDesk.submission(from: address)
        submission.requester = Contact(address: address, name: "Nils Dahl", language: "nb")
        return try await desk.store.accept(submission).ticket.requester
    }

    private func twins(of person: PersonID, on desk: TestDesk) async throws -> [PersonID] {
        try await desk.store.twins(of: person).map(\.id)
    }

    @Test("who are told apart are no twins from either side, and stay twins of others; it is noted once, of both")
    func apart() async throws {
        let desk = try TestDesk(as: "meridian_intake")
        let (one, other) = (
            try await twin(at: "nils@one.example", on: desk), try await twin(at: "nils@other.example", on: desk)
        )
        let third = try await twin(at: "nils@third.example", on: desk)
        #expect(try await twins(of: one, on: desk) == [other, third])
        for _ in 0..<2 { try await desk.store.tellApart(other, from: one, by: .program) }
        #expect(try await twins(of: one, on: desk) == [third])
        #expect(try await twins(of: other, on: desk) == [third])
        #expect(try await twins(of: third, on: desk) == [one, other])
        try await desk.store.tellApart(one, from: one, by: .program)
        let noted = try await TestDatabase.current.all(
            "select person from person_event where kind = 'told_apart' order by person", as: PersonID.self)
        #expect(noted == [one, other].sorted())
        await desk.store.database.close()
    }

    @Test("stay told apart from whoever one of them turns out to be, and may be made one after all")
    func merged() async throws {
        let desk = try TestDesk()
        let (one, other) = (
            try await twin(at: "nils@one.example", on: desk), try await twin(at: "nils@other.example", on: desk)
        )
        let third = try await twin(at: "nils@third.example", on: desk)
        try await desk.store.tellApart(one, from: other, by: .program)
        try await desk.store.tellApart(third, from: other, by: .program)
        try await desk.store.merge(one, into: third, by: .program)
        #expect(try await twins(of: third, on: desk) == [])
        #expect(try await twins(of: other, on: desk) == [])
        try await desk.store.merge(other, into: third, by: .program)
        let fresh = try await twin(at: "nils@fresh.example", on: desk)
        #expect(try await twins(of: third, on: desk) == [fresh])
        // What is said of somebody who was merged is said of the one he is.
        try await desk.store.tellApart(one, from: fresh, by: .program)
        #expect(try await twins(of: fresh, on: desk) == [])
    }
}
