import Desk
import DeskStore
import DeskTestSupport
import Jobs
import Mail
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Synchronization
import Testing

@Suite("Files that go along with a letter", .database(template: TestDesk.template))
struct FilesAlongTests {
    private typealias File = (name: String, type: String, size: Int)

    /// A ticket to which the desk has written, with files; the letters that this owes are the only ones.
    private func write(_ visibility: Visibility, _ files: [File]) async throws {
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let ticket = try await desk.store.accept(TestDesk.submission(at: directory.sites["OSL"])).ticket
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program)) {
            .routed($0.ticket.responsibility, rule: "test")
        }
        let database = try TestDatabase.current
        try await database.run("delete from jobs.job")
        var note = Note("Here is the form.", visibility: visibility, channel: .web)
        note.uploads = files.map { file in
            Upload(name: file.name, type: file.type, bytes: Array(repeating: UInt8(file.size % 251), count: file.size))
        }
        try await desk.store.record(on: ticket.number, seeing: .desk, Recording(by: .program, note: note)) {
            let entry = try #require($0.entry)
            return visibility == .public ? .messageSent(entry) : .noteAdded(entry)
        }
    }

    /// The letters that go out, with all that was tried.
    private func letters(_ taker: MailTaker = MailTaker()) async throws -> [Message] {
        let desk = try TestDesk(as: "meridian_routing", at: SendLetterHandlerTests.whenNothingIsWaitedFor)
        try await taker.run { client in try await RoutingRun(desk, client: client).drain("mail") }
        await desk.store.database.close()
        return taker.caught.withLock { $0 }
    }

    private static func told(_ message: Message) -> [String] {
        message.attachments.map { "\($0.name) | \($0.type) | \($0.content.count)" }
    }

    @Test("What the desk sends to the requester comes with its files, whatever type was stated for them")
    func along() async throws {
        try await write(
            .public,
            [("Skjema æ.pdf", "application/pdf", 70_000), ("a.txt", "text/plain; charset=x", 5), ("b", "what", 1)])
        let letter = try #require(try await letters().first)
        #expect(letter.to.first?.specification == "kari@customer.example")
        #expect(
            Self.told(letter).sorted() == [
                "Skjema æ.pdf | application/pdf | 70000", "a.txt | text/plain | 5", "b | application/octet-stream | 1",
            ])
        let form = try #require(letter.attachments.first { $0.type == "application/pdf" })
        #expect(form.content == Array(repeating: UInt8(70_000 % 251), count: 70_000))
        #expect(letter.text.contains("Here is the form.") && !letter.text.contains("ligger på siden"))
        #expect(letter.html?.contains("Here is the form.") == true)
    }

    @Test("What the desk says to itself leaves it in no letter, and its files in none")
    func internalNote() async throws {
        try await write(.internal, [("secret.pdf", "application/pdf", 100)])
        let database = try TestDatabase.current
        // As if somebody were owed a letter about it by mistake.
        _ = try await database.transaction { (transaction: borrowing Transaction) in
            let letter = try await transaction.first(
                """
                insert into letter (uuid, ticket, kind, audience, entry, written_at)
                select gen_random_uuid(), ticket, 'message', 'requester', id, at from entry where visibility = 'internal' returning id
                """, as: Int64.self)
            return try await transaction.enqueue(SendLetter(letter: try #require(letter)), site: "OSL")
        }
        let letters = try await letters()
        #expect(letters.contains { $0.to.first?.specification == "kari@customer.example" })
        for letter in letters {
            #expect(letter.attachments.isEmpty && !letter.text.contains("secret.pdf"), "\(letter.subject)")
        }
    }

    @Test("The requester's own files do not come back to him")
    func own() async throws {
        let desk = try TestDesk()
        var submission = TestDesk.submission()
        submission.uploads = [Upload(name: "mine.txt", type: "text/plain", bytes: [1])]
        _ = try await desk.store.accept(submission)
        let letter = try #require(try await letters().first)
        #expect(letter.attachments.isEmpty && !letter.text.contains("mine.txt"))
    }

    @Test("Beyond what a mail may bring, the letter names the files and where they are; the others come with it")
    func tooLarge() async throws {
        try await write(
            .public, [("1 film.mp4", "video/mp4", 7_400_000), ("2 form.pdf", "application/pdf", 100)])
        let letter = try #require(try await letters().first)
        #expect(Self.told(letter) == ["2 form.pdf | application/pdf | 100"])
        #expect(letter.text.contains("ligger på siden for saken din: 1 film.mp4"), "\(letter.text)")
        #expect(letter.text.contains("https://desk.example/tickets/"))
    }

    @Test(
        "A server or a mailbox that finds the mail too large gets it without the files, at once",
        arguments: ["5.3.4", "5.2.3"])
    func refused(status: String) async throws {
        try await write(.public, [("form.pdf", "application/pdf", 100)])
        let taker = MailTaker { count, _ in count == 1 ? SMTPReply(552, status, "message too large") : nil }
        let letters = try await letters(taker)
        #expect(letters.map(\.attachments.count) == [1, 0])
        #expect(letters.last?.text.contains("ligger på siden for saken din: form.pdf") == true)
        #expect(Set(letters.compactMap(\.messageID)).count == 1)
        let settled = try await TestDatabase.current.first(
            "select count(*) from delivery where sent_at is not null and refused is null", as: Int.self)
        #expect(settled == 1)
    }
}
