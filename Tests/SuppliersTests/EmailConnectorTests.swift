import Desk
import DeskMail
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import JSON
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@testable import Suppliers

@Suite("A supplier that reads mail", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct EmailConnectorTests {
    private static var email: [String: Any] {
        [
            "code": "printwerk", "name": "Printwerk BV", "connector": "email", "address": "service@printwerk.example",
            "language": "nl", "references": ["PW-#"], "contact": "service@printwerk.example",
        ]
    }

    /// A desk at which a supplier reads mail, and a ticket that it has.
    private func shared(
        fields: [String] = ["category", "note"], files: [Upload] = [], noteFiles: [Upload] = []
    ) async throws -> (SharedDesk, Ticket) {
        let organisation = try TestDesk.organisation { document in
            let others = (document["suppliers"] as? [[String: Any]] ?? []).filter {
                $0["code"] as? String != "printwerk"
            }
            document["suppliers"] = others + [Self.email.merging(["fields": fields]) { $1 }]
        }
        let shared = try await SharedDesk(organisation: organisation)
        let ticket = try await shared.referred(
            to: "printwerk", note: "Please look at it.", files: files, noteFiles: noteFiles)
        return (shared, ticket)
    }

    private func letters(_ shared: SharedDesk) async throws -> [OwedLetter] {
        let keys = try await shared.database.all(
            "select id from letter where audience = 'supplier' order by id", as: Int64.self)
        return try await shared.store.transaction { (transaction: borrowing Transaction) in
            var letters: [OwedLetter] = []
            for key in keys { letters.append(try #require(await shared.store.letter(key, using: transaction))) }
            return letters
        }
    }

    private static let composer = LetterComposer(
        keys: MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32))),
        publicURL: "https://desk.example")

    private func draft(_ letter: OwedLetter, _ contents: [UUID: [UInt8]] = [:]) throws -> Draft {
        let reader = try #require(letter.recipients.first)
        return try #require(Self.composer.draft(letter, for: reader, at: TestDesk.monday, contents: contents))
    }

    private func receive(_ text: String, _ shared: SharedDesk, files: [UUID] = []) async throws {
        let bond = try #require(
            await shared.database.first("select uuid from supplier_ticket order by id limit 1", as: UUID.self))
        let receipt = EmailReceipt(
            exchange: bond, ourReference: "OSL-1", ourSubject: "x", theirReference: nil,
            from: "service@printwerk.example", subject: "Re: PW-77", text: text, isAutomatic: false, files: files)
        _ = try await shared.store.receive(
            receipt.json.text, messageID: UUID().uuidString, from: shared.supplier("printwerk"))
        try await shared.workThrough()
    }

    @Test("A message leaves as one letter, in the supplier's language, with what may leave and nothing else")
    func letter() async throws {
        let (shared, ticket) = try await shared()
        try await shared.workThrough()
        let letters = try await letters(shared)
        #expect(letters.count == 1 && letters.first?.recipients.map(\.address) == ["service@printwerk.example"])
        let draft = try draft(try #require(letters.first))
        #expect(draft.to.map(\.key) == ["service@printwerk.example"])
        #expect(draft.subject == "[\(ticket.number)] Nieuwe melding" && draft.from.local.hasPrefix("supplier+"))
        #expect(draft.text.contains("\nReference: \(ticket.number)\n"))
        #expect(draft.text.contains("\nNote: Please look at it.\n"))
        #expect(draft.autoSubmitted == nil)
        let view = try await shared.view(ticket)
        let message = MessageParser().parse(try MessageWriter.write(draft))
        let all = message.text + (message.html ?? "") + message.subject + "\(message.references)"
        #expect(!all.contains(view.record.subject) && !all.contains(view.requester.address))
        #expect(!all.contains(try #require(letters.first).conversation.uuidString.lowercased()))
        let sent = try await shared.database.first("select sent_at is not null from supplier_message", as: Bool.self)
        #expect(sent == true)
        let jobs = try await shared.database.all(
            "select kind from jobs.job where kind like 'letter.%' or kind like 'supplier.%'", as: String.self)
        #expect(jobs.filter { $0 == "letter.send" }.count >= 1 && !jobs.contains("supplier.deliver"))
    }

    @Test("The files that may leave go along with the mail, and no others", arguments: [true, false])
    func files(areNamed: Bool) async throws {
        let plan = Array("the plan".utf8)
        let (shared, _) = try await shared(
            fields: ["note", "files"] + (areNamed ? ["file_names"] : []),
            files: [Upload(name: "smoke.png", type: "image/png", bytes: [1, 2, 3])],
            noteFiles: [
                Upload(name: "plan.pdf", type: "application/pdf; name=\"plan.pdf\"", bytes: plan),
                Upload(name: "film.mp4", type: "video/mp4", bytes: Array(repeating: 0, count: (7 << 20) + 1)),
            ])
        try await shared.workThrough()
        let letter = try #require(try await letters(shared).first)
        let wanted = Self.composer.files(of: letter, to: try #require(letter.recipients.first))
        #expect(wanted.map(\.size) == [8], "what is too large stays, and so does what came with other words")
        let bytes = try await shared.store.bytes(of: wanted[0].id, sha256: wanted[0].sha256, size: wanted[0].size)
        let message = MessageParser().parse(try MessageWriter.write(draft(letter, [wanted[0].id: bytes])))
        #expect(message.attachments.map(\.name) == [areNamed ? "plan.pdf" : "file-1.pdf"])
        #expect(message.attachments.map(\.content) == [plan])
        #expect((message.text + (message.html ?? "")).contains("plan.pdf") == areNamed)
    }

    @Test("A letter whose supplier reads no mail any more goes to nobody")
    func noLonger() async throws {
        let (shared, _) = try await shared()
        try await shared.workThrough()
        _ = try await shared.store.apply(TestDesk.exampleOrganisation(), by: "the test")
        #expect(try await letters(shared).flatMap(\.recipients).isEmpty)
    }

    @Test("Answers are on the ticket with their files, and the supplier's number on the bond")
    func answers() async throws {
        let (shared, ticket) = try await shared()
        try await shared.workThrough()
        let file = UUID()
        try await shared.store.transaction { (transaction: borrowing Transaction) in
            let upload = Upload(name: "report.txt", type: "text/plain", bytes: Array("Roller 7.".utf8))
            try await transaction.attach(upload, to: ticket.id, entry: nil, as: file)
        }
        try await receive("Vraag: welke verdieping?", shared)
        try await receive("opgelost: nieuwe rol", shared, files: [file])
        let view = try await shared.view(ticket)
        #expect(view.bonds.map(\.theirReference) == ["PW-77"] && view.bonds.map(\.state) == [.resolved])
        #expect(view.entries.suffix(2).map(\.text) == ["welke verdieping?", "nieuwe rol"])
        #expect(view.entries.last?.attachments.map(\.name) == ["report.txt"])
        let results = try await shared.database.all("select result from supplier_receipt", as: String.self)
        #expect(results == ["recorded", "recorded"])
    }

    @Test("A mail that did not arrive is a failed message with its reason, and whoever has the ticket is told")
    func returned() async throws {
        let (shared, ticket) = try await shared()
        try await shared.workThrough()
        let letter = try #require(await letters(shared).first)
        try await shared.store.transaction { (transaction: borrowing Transaction) in
            let person = try #require(letter.recipients.first)
            try await transaction.note(
                .refused("550 5.1.1 nobody here"), of: letter.id, for: person, at: shared.time.now)
            try await shared.store.tellOfReturn(of: letter.id, at: shared.time.now, using: transaction)
        }
        let error = try await shared.database.first("select last_error from supplier_message", as: String.self)
        #expect(error == "the mail did not arrive: 550 5.1.1 nobody here")
        #expect(try await shared.view(ticket).log.last?.recorded.event.kind == .supplierUnreachable)
        let told = try await shared.database.first(
            "select count(*) from letter where kind = 'supplier_unreachable'", as: Int.self)
        #expect(told == 1)
    }
}
