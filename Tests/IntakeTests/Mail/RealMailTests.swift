import DeskStore
import DeskTestSupport
import Foundation
import Intake
import JSON
import Mail
import Postgres
import PostgresTestSupport
import Testing

@Suite("Real mail", .enabled(if: MailCorpus.isThere, "the shared corpus of mail is not beside the package"))
struct RealMailTests {
    @Test(
        "Every mail with a sender and text becomes one ticket or is kept as a stated kind; again, it opens none",
        .database(template: TestDesk.template))
    func mikel() async throws {
        let mail = try TestMailDoor()
        let files = MailCorpus.files(in: "mikel")
        #expect(files.count > 90)
        var answers: [String: String] = [:]
        for file in files {
            let answer = try await mail.deliver(file.bytes, from: "envelope@customer.example")
            answers[file.name] = answer
            let end = try #require(answer.split(separator: ">").last)
            #expect(end.hasPrefix(" OSL-") || end.hasPrefix(" kept "), "\(file.name): \(answer)")
            let message = MessageParser().parse(file.bytes)
            let isReport =
                file.name.hasPrefix("multipart_report_emails")
                || file.name == "mime_emails/raw_email_with_mimepart_without_content_type.eml"
            if isReport { #expect(end == " kept bounce", "\(file.name): \(answer)") }
            if !isReport, message.author?.isComplete == true, !message.text.isEmpty {
                #expect(end.hasPrefix(" OSL-"), "\(file.name): \(answer)")
            }
        }
        let tickets = try await TestGateway.rows()["ticket"]
        let opened = Set(answers.values.filter { $0.contains(" OSL-") }).count
        #expect(tickets == opened)
        for file in files {
            let again = try await mail.deliver(file.bytes, from: "envelope@customer.example")
            #expect(again == answers[file.name], "\(file.name)")
        }
        #expect(try await TestGateway.rows()["ticket"] == tickets)
        try await expectKnownReasons()
    }

    /// Each mail can be told on a page with its reason, its subject and its author.
    private func expectKnownReasons() async throws {
        let reasons = try await TestDatabase.current.all("select distinct reason from inbound_mail", as: String.self)
        #expect(!reasons.isEmpty)
        for reason in reasons { #expect(MailReason(sentence: reason) != nil, "\(reason)") }
        let nameless = try await TestDatabase.current.first(
            "select count(*) from inbound_mail where subject is null", as: Int.self)
        #expect(nameless == 0)
    }

    /// What stands in the ticket that a mail opened: author, subject, words, and the files with their sizes.
    private func opened(by answer: String) async throws -> [String] {
        let number = String(try #require(answer.split(separator: " ").last))
        let (author, subject, text, files) = try #require(
            try await TestDatabase.current.first(
                """
                select (select string_agg(address, ' ') from person_address a where a.person = e.author),
                    coalesce(e.subject, t.subject), e.text,
                    array(select f.name || ' ' || f.size from attachment f where f.entry = e.id order by 1)
                from ticket t join entry e on e.ticket = t.id where t.number = \(number) order by e.id limit 1
                """, as: (String, String, String, [String]).self))
        return [author, subject, text] + files
    }

    @Test(
        "Every mail of both collections becomes an entry with the author, subject, text and files read in it",
        .database(template: TestDesk.template), arguments: ["mikel", "cpython"])
    func entries(collection: String) async throws {
        try await TestDesk.apply(process: ["mails_per_sender": 100_000])
        let (mail, envelope) = (try TestMailDoor(), "envelope@customer.example")
        var seen = 0
        for file in MailCorpus.files(in: collection) {
            let before = try await TestGateway.rows()["ticket"]
            let answer = try await mail.deliver(file.bytes, from: envelope)
            guard try await TestGateway.rows()["ticket"] != before else { continue }
            seen += 1
            let message = MessageParser().parse(file.bytes)
            let author = message.author.flatMap { $0.isComplete ? $0.key : nil } ?? envelope
            let shown = try await opened(by: answer)
            #expect(shown[0] == author, "\(file.name)")
            #expect(message.subject.isEmpty ? !shown[1].isEmpty : shown[1] == message.subject, "\(file.name)")
            #expect(shown[2] == message.text, "\(file.name)")
            let files = message.attachments.map { "\($0.name) \($0.content.count)" }
            #expect(shown[3...].sorted() == files.sorted(), "\(file.name)")
        }
        #expect(seen >= (collection == "mikel" ? 65 : 30), "\(seen)")
    }

    /// What others found out about each mail.
    private static func expectations() throws -> [String: String] {
        let file = MailCorpus.folder.appending(path: "bounces/expected.json")
        let list = try JSON.parse(String(contentsOf: file, encoding: .utf8)).array ?? []
        return Dictionary(
            uniqueKeysWithValues: list.compactMap { entry in
                entry["file"]?.string.map { ($0, entry["kind"]?.string ?? "") }
            })
    }

    /// Held to be bounces by others, although nothing in them but words says so: a bounce that a person sends on, and
    /// what a mailing list writes under the name of the one who keeps it.
    private static let written: Set<String> = ["lhost-sendmail-14.eml", "lhost-fml-02.eml"]

    @Test("Bounces, complaints and absence notes are told from requests")
    func sorting() throws {
        let kinds = try Self.expectations()
        var wrong: [String] = []
        for file in MailCorpus.files(in: "bounces") {
            let message = MessageParser().parse(file.bytes)
            let sorting = MailSorting(message, sender: message.returnPath)
            let found: String =
                switch sorting {
                case .request: "not-bounce"
                case .kept(let kind, _): kind.rawValue
                }
            let right: Bool =
                switch kinds[file.name] {
                case "bounce": found == "bounce"
                case "feedback": found == "feedback"
                case "delivered": found == "bounce" || found == "auto_reply"
                case "autoreply": found == "auto_reply"
                default: found == "not-bounce"
                }
            if !right { wrong.append("\(file.name) (\(kinds[file.name] ?? "")): \(found)") }
        }
        let right = kinds.count - wrong.count
        #expect(right * 100 >= kinds.count * 98, "\(right) of \(kinds.count): \(wrong.joined(separator: "; "))")
        #expect(Set(wrong.map { String($0.prefix { $0 != " " }) }).isSubset(of: Self.written))
    }

    @Test("No bounce or complaint opens a ticket", .database(template: TestDesk.template))
    func bounces() async throws {
        let mail = try TestMailDoor()
        let kinds = try Self.expectations()
        for file in MailCorpus.files(in: "bounces")
        where kinds[file.name] != "not-bounce" && !Self.written.contains(file.name) {
            let answer = try await mail.deliver(file.bytes, from: MessageParser().parse(file.bytes).returnPath)
            #expect(answer.contains("kept"), "\(file.name): \(answer)")
        }
        #expect(try await TestGateway.rows()["ticket"] == 0)
        try await expectKnownReasons()
    }
}
