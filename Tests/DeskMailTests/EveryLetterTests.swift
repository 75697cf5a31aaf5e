import Catalogue
import Desk
import DeskTestSupport
import Foundation
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing
import TimeZones

@testable import DeskMail
@testable import DeskStore

@Suite("Letters as they are written", .database(template: TestDesk.template))
struct EveryLetterTests {
    private static let keys = MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32)))
    private let composer = LetterComposer(keys: keys, publicURL: "https://desk.example")

    /// The newest letter that the desk owes.
    private func newest(_ desk: TestDesk) async throws -> OwedLetter {
        try await desk.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first("select id from letter order by id desc limit 1", as: Int64.self)
            let key = try #require(id)
            return try #require(await desk.store.letter(key, using: transaction))
        }
    }

    private func written(_ letter: OwedLetter, for person: PersonRecord? = nil) throws -> Message {
        let reader = try #require(person ?? letter.recipients.first)
        let draft = try #require(composer.draft(letter, for: reader, at: TestDesk.monday))
        return MessageParser().parse(try MessageWriter.write(draft))
    }

    /// A ticket of Kari's at Oslo, and the letter that says that it has come in.
    private func acknowledgement(_ desk: TestDesk) async throws -> OwedLetter {
        let oslo = try await desk.store.directory().sites["OSL"]
        _ = try await desk.store.accept(TestDesk.submission(at: oslo))
        return try await newest(desk)
    }

    private func record(
        _ desk: TestDesk, on letter: OwedLetter, _ note: Note, _ event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> OwedLetter {
        desk.time.advance(by: .seconds(60))
        try await desk.store.record(
            on: letter.record.ticket.number, seeing: .desk, Recording(by: .program, note: note), event: event)
        return try await newest(desk)
    }

    @Test("Each kind of letter is written in each language, with its number, its greeting, what it is about and a link")
    func everyKind() async throws {
        let sample = try await acknowledgement(TestDesk())
        for kind in Letter.allCases {
            var texts: Set<String> = []
            for language in Language.allCases {
                let letter = sample.copy(as: kind, cause: Self.cause(of: kind, sample))
                let person = try #require(sample.recipients.first).speaking(language.rawValue)
                let message = try written(letter, for: person)
                let (subject, text) = (message.subject, message.text)
                let place = "\(kind.rawValue) in \(language.rawValue):\n\(subject)\n\(text)"
                #expect(subject.contains("OSL-1"), "\(place)")
                #expect(!subject.contains("{") && !text.contains("{"), "\(place)")
                #expect(text.hasPrefix(Wording(language)(.mailGreeting, ["name": "Kari Nordmann"])), "\(place)")
                #expect(text.contains("> Smoke comes out of it. Please help."), "\(place)")
                let isRequester = kind.isForRequester
                // Who only followed a ticket is told of it and gets no way into it.
                let isLetIn = isRequester && kind != .followedSolved
                #expect(text.contains("https://desk.example/tickets/OSL-1?key=") == isLetIn, "\(place)")
                #expect(text.contains("https://desk.example/desk/tickets/OSL-1\n") == !isRequester, "\(place)")
                #expect(text.contains("[OSL-1]") == isRequester, "\(place)")
                let draft = try #require(composer.draft(letter, for: person, at: TestDesk.monday))
                LetterMarkup(try #require(draft.html)).check(holding: "Smoke comes out of it. Please help.", place)
                texts.insert(text)
            }
            #expect(texts.count == Language.allCases.count, "\(kind.rawValue) is translated")
        }
    }

    @Test("Letters of one ticket are one conversation, each with an identity of its own and an address for the answer")
    func threading() async throws {
        let desk = try TestDesk()
        let first = try await acknowledgement(desk)
        let second = try await record(desk, on: first, Note("Which floor?", visibility: .public)) {
            .requesterAsked(try #require($0.entry))
        }
        #expect(second.kind == .question)
        let (one, two) = (try written(first), try written(second))
        let thread = "ticket.\(first.conversation.uuidString.lowercased())@"
        for (letter, message) in [(first, one), (second, two)] {
            #expect(message.references.count == 1 && message.references.allSatisfy { $0.hasPrefix(thread) })
            #expect(message.messageID.flatMap { LetterID($0) }?.letter == letter.uuid)
            let sender = try #require(message.author)
            #expect(ReplyAddress(Self.keys).ticket(in: sender.key) == letter.conversation)
            #expect(message.header["Precedence"] == "bulk")
            #expect(message.header["X-Auto-Response-Suppress"] == "All")
        }
        #expect(one.messageID != two.messageID)
        #expect(one.header["Auto-Submitted"] == "auto-replied")
        #expect(two.header["Auto-Submitted"] == "auto-generated")
        #expect(try written(first).messageID == one.messageID, "the same letter again has the same identity")
    }

    @Test("What the desk says to itself is in no letter to a requester, whatever the letter is about")
    func internalNotes() async throws {
        let desk = try TestDesk()
        let sample = try await acknowledgement(desk)
        let noted = try await record(desk, on: sample, Note("He always breaks it.", visibility: .internal)) {
            .handedOver(
                try #require($0.directory.responsibility("ams-network", at: "AMS")), reason: "skill",
                note: try #require($0.entry))
        }
        let note = try #require(noted.entry)
        #expect(note.visibility == .internal)
        for kind in Letter.allCases {
            let text = try written(sample.copy(as: kind, entry: note)).text
            #expect(text.contains("> He always breaks it.") == !kind.isForRequester, "\(kind.rawValue)")
        }
    }

    @Test("A supplier's question reaches the agent with the supplier's name, and the requester in the agent's words")
    func supplierQuestion() async throws {
        let desk = try TestDesk()
        let sample = try await acknowledgement(desk)
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        _ = try await record(desk, on: sample, Note("Please look.", visibility: .internal)) {
            .referred(supplier, note: $0.entry)
        }
        let asked = try await record(desk, on: sample, Note("Which port?", visibility: .internal, channel: .supplier)) {
            .supplierAsked(supplier, note: try #require($0.entry))
        }
        #expect(asked.kind == .supplierAsked)
        let name = try #require(asked.directory.supplier(supplier)?.name)
        let toAgent = try written(asked)
        #expect(toAgent.text.contains(name) && toAgent.text.contains("> Which port?"))
        let passedOn = try await record(desk, on: sample, Note("Where is it plugged in?", visibility: .public)) {
            .requesterAsked(try #require($0.entry))
        }
        #expect(passedOn.kind == .supplierQuestion)
        let toRequester = try written(passedOn)
        #expect(toRequester.text.contains(name) && toRequester.text.contains("> Where is it plugged in?"))
        #expect(!toRequester.text.contains("Which port?"))
    }

    @Test("Whoever is told of a confidential ticket that he does not see learns its number alone; its owner, nothing")
    func outsiders() async throws {
        let desk = try TestDesk()
        let sample = try await acknowledgement(desk)
        _ = try await record(desk, on: sample, Note("It is his heart.", visibility: .internal)) {
            .handedOver(
                try #require($0.directory.responsibility("osl-staff", at: "OSL")), reason: "skill",
                note: try #require($0.entry))
        }
        let note = Note("Between us.", visibility: .internal)
        let escalated = try await record(desk, on: sample, note) { _ in .escalated(.organisation, .needsDecision) }
        #expect(escalated.recipients.map(\.name) == ["Henrik Lund"])
        for language in Language.allCases {
            let person = try #require(escalated.recipients.first).speaking(language.rawValue)
            let message = try written(escalated, for: person)
            let wording = Wording(language)
            #expect(message.subject.contains("OSL-1") && message.subject.contains(wording(.matterConfidential)))
            #expect(message.text.contains(wording(.mailConfidential)))
            for secret in ["printer", "Smoke", "heart", "Between", "/desk/tickets"] {
                #expect(!message.subject.contains(secret) && !message.text.contains(secret), "\(secret)")
            }
        }
        let owned = try await record(desk, on: sample, note) {
            .ownerChanged(try #require($0.directory.positions["osl-first-lead"]))
        }
        #expect(owned.kind == .owned && owned.recipients.isEmpty)
        let leads = try await record(desk, on: sample, note) { _ in .deadlineMissed(ClockMark(.resolution)) }
        #expect(leads.recipients.map(\.name) == ["Marit Dahl"] && leads.outsiders.isEmpty)
        #expect(try written(leads).subject.contains("printer"))
    }

    /// What letters of the kinds that name more than the ticket are caused by.
    private static func cause(of kind: Letter, _ sample: OwedLetter) -> Ticket.Event? {
        let supplier = sample.directory.suppliers["fjordnett"]
        return switch kind {
        case .deadlineNear: .deadlineNear(ClockMark(.resolution))
        case .deadlineMissed: .deadlineMissed(ClockMark(.resolution))
        case .supplierUnreachable: supplier.map { .supplierUnreachable($0) }
        default: sample.cause
        }
    }
}

extension Directory {
    fileprivate func responsibility(_ team: String, at site: String) -> Responsibility? {
        guard let team = teams[team], let site = sites[site] else { return nil }
        return responsibility(of: team, at: site)
    }
}
