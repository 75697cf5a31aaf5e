import Desk
import DeskMail
import DeskStore
import DeskTestSupport
import Mail
import Postgres
import PostgresTestSupport
import Secrets
import Testing

@Suite("Writing letters", .database(template: TestDesk.template))
struct LetterComposerTests {
    private let composer = LetterComposer(
        keys: MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32))),
        publicURL: "https://desk.example")

    @Test(
        "A handover says its reason as people say it, in the language of whoever reads it",
        arguments: [
            ("en", "time_box", "The time of the first line is used up"),
            ("nb", "time_box", "Tiden til førstelinjen er brukt opp"),
            ("pl", "shift_end", "Kończy się nasza zmiana"),
            ("en", "an agreement of ours", "an agreement of ours"),
        ])
    func handover(language: String, reason: String, words: String) async throws {
        let desk = try TestDesk()
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        _ = try await desk.store.record(
            on: number, seeing: .desk, Recording(by: .program, note: Note("For you", visibility: .internal))
        ) { occasion in
            let team = try #require(occasion.directory.teams["ams-network"])
            let site = try #require(occasion.directory.sites["AMS"])
            let there = try #require(occasion.directory.responsibility(of: team, at: site))
            return .handedOver(there, reason: reason, note: try #require(occasion.entry))
        }
        try await TestDatabase.current.run("update person set language = \(language)")
        let letter = try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first("select id from letter where kind = 'handed_over'", as: Int64.self)
            let letter = try await desk.store.letter(try #require(id), using: transaction)
            return try #require(letter)
        }
        let reader = try #require(letter.recipients.first)
        let text = try #require(composer.draft(letter, for: reader, at: letter.writtenAt)).text
        #expect(text.contains(words), "\(text)")
        #expect(words == reason || !text.contains(reason), "\(text)")
    }
}
