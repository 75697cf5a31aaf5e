import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("What a resolution gives to the knowledge of the desk", .database(template: TestDesk.template))
struct ResolvingTests {
    private func knowledge(of ticket: Ticket, _ desk: TestDesk) async throws -> Ticket.Knowledge? {
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        guard case .resolved(_, _, let knowledge) = view.log.last?.recorded.event else { return nil }
        return knowledge
    }

    @Test("A ticket solved by an article is tied to it, and the use is counted once however often it is resolved")
    func article() async throws {
        try await TestDesk().publish("Toner", "Replace it.")
        let behind = try TestDesk()
        try await TestDesk.playing("meridian_intake") { desk in
            let ticket = try await behind.accept()
            let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
            let hit = try #require(await desk.store.articles(saying: "toner", in: "en", seeing: sight).first)
            let article = hit.version.article
            for _ in 1...2 {
                try await desk.record(on: ticket, by: .person(kari), seeing: sight) { _ in
                    .resolved(.solved, note: nil, knowledge: .article(article))
                }
                #expect(try await knowledge(of: ticket, behind) == .article(article))
                try await desk.record(on: ticket, by: .person(kari), seeing: sight) { _ in
                    .reopened(.notSolved, note: nil)
                }
            }
            let view = try #require(await desk.store.article(hit.version.uuid, seeing: sight))
            #expect(view.uses == [.solved: 1])
            #expect(try await desk.store.articles(of: ticket.id, seeing: sight).map(\.part) == [.solvedBy])
            #expect(try await desk.store.tickets(of: article, seeing: sight).map(\.number) == [ticket.number])
            #expect(try await desk.store.tickets(of: article, seeing: Sight()).isEmpty)
        }
    }

    @Test("An article begun from a ticket is a draft for the desk, in the transaction that resolves the ticket")
    func draft() async throws {
        let behind = try TestDesk()
        try await TestDesk.playing("meridian_intake") { desk in
            let ticket = try await behind.accept()
            let (kari, sight) = (try await desk.person("kari.nordmann"), try await desk.sight(of: "kari.nordmann"))
            var recording = Recording(by: .person(kari))
            recording.draft = ArticleDraft(language: "nb", title: "Skriver i brann", text: "Slukk den.")
            try await desk.store.record(on: ticket.number, seeing: sight, recording) { occasion in
                .resolved(.workedAround, note: nil, knowledge: .draft(try #require(occasion.draft)))
            }
            let drafts = try await desk.store.articles(.draft, seeing: sight)
            #expect(drafts.map(\.title) == ["Skriver i brann"])
            #expect(drafts.first?.authorName == "Kari Nordmann")
            #expect(try await desk.store.articles(of: ticket.id, seeing: sight).map(\.part) == [.draftedFrom])
            // A second resolution is refused, and leaves no draft behind.
            await #expect(throws: Refusal.self) {
                try await desk.store.record(on: ticket.number, seeing: sight, recording) { _ in
                    .resolved(.solved, note: nil)
                }
            }
            #expect(try await desk.store.articles(.draft, seeing: sight).count == 1)
        }
    }

    @Test("A solution of which nobody says anything is kept as such; what is no solution asks for nothing")
    func notSaid() async throws {
        let desk = try TestDesk()
        let (solved, withdrawn) = (try await desk.accept(), try await desk.accept())
        try await desk.record(on: solved) { _ in .resolved(.solved, note: nil) }
        try await desk.record(on: withdrawn) { _ in .resolved(.withdrawn, note: nil) }
        #expect(try await knowledge(of: solved, desk) == .nothing(.notSaid))
        #expect(try await knowledge(of: withdrawn, desk) == nil)
    }

    @Test("An organisation without the module is asked for nothing")
    func switchedOff() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept()
        let organisation = try TestDesk.organisation { $0["modules"] = [String]() }
        _ = try await desk.store.apply(organisation, by: "the test")
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        #expect(try await knowledge(of: ticket, desk) == nil)
    }
}
