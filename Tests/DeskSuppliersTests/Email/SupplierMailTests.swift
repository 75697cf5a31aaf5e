import Catalogue
import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import SeedTestSupport
import Testing

@Suite("A mail to a supplier")
struct SupplierMailTests {
    private static func event(
        _ kind: SupplierMessage.Kind = .referral, allowing fields: [Supplier.Field] = Supplier.Field.allCases,
        subject: String = "Printer jams", description: String = "It jams.\nEvery time.",
        file: String = "jam.png"
    ) -> CloudEvent<DeskMessage> {
        var facts = TicketFacts(
            subject: subject, kind: .incident, category: "printing", impact: .high, urgency: .low, priority: .planned,
            site: "OSL", requesterName: "Kari Nordmann", requesterEmail: "kari@example.com", description: description,
            note: "Please look.", message: "It still jams.")
        facts.files = [
            SharedFile(id: UUID(), name: file, type: "image/png", size: 20_000, sha256: [], part: .description)
        ]
        return CloudEvent(
            id: UUID(), source: "https://desk.example", time: Moment(seconds: 0), sequence: 3,
            payload: DeskMessage(
                kind: kind, exchange: UUID(), ourReference: "OSL-7",
                disclosure: Disclosure(of: facts, allowing: fields)))
    }

    /// What a program finds in the block: names, and values with their lines.
    private static func fields(of block: String) -> [String: String] {
        var fields: [String: String] = [:]
        var name = ""
        for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") {
                fields[name] = (fields[name].map { $0.isEmpty ? "" : $0 + "\n" } ?? "") + line.dropFirst(2)
            } else if let colon = line.firstIndex(of: ":") {
                name = String(line[..<colon])
                fields[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
        }
        return fields
    }

    @Test("Programs read the exchange, the message, its place and every field that was disclosed")
    func block() {
        let event = Self.event()
        let fields = Self.fields(of: SupplierMail(event, in: .english).block)
        #expect(fields["Exchange"] == event.payload.exchange.uuidString.lowercased())
        #expect(fields["Message"] == event.id && fields["Sequence"] == "3" && fields["Type"] == "referral")
        #expect(fields["Reference"] == "OSL-7" && fields["Requester-Email"] == "kari@example.com")
        #expect(fields["Description"] == "It jams.\nEvery time." && fields["Priority"] == "5")
        #expect(fields["Files"] == "jam.png (20\u{A0}kB)" && fields["File-Names"] == "jam.png")
    }

    @Test("Nobody who writes a text can add a field to the block")
    func forgedField() {
        let event = Self.event(
            subject: "A\rReference: OSL-8",
            description: "Hello\r\nReference: OSL-8\u{2028}Type: withdrawal\u{0B}Kind: x",
            file: "a\r\nReference: OSL-8\u{85}Type: withdrawal.png")
        let block = SupplierMail(event, in: .english).block
        #expect(Self.fields(of: block)["Reference"] == "OSL-7" && Self.fields(of: block)["Type"] == "referral")
        let lines = block.split(separator: "\n").filter { !$0.hasPrefix("  ") }
        let names = lines.compactMap { $0.split(separator: ":").first }
        #expect(names.count == 4 + Supplier.Field.allCases.count && Set(names).count == names.count)
    }

    @Test("The subject tells what the ticket is about only where that may leave", arguments: Language.allCases)
    func subject(language: Language) {
        #expect(SupplierMail(Self.event(), in: language).subject.contains("Printer jams"))
        let bare = SupplierMail(Self.event(allowing: [.note]), in: language).subject
        #expect(bare.hasPrefix("[OSL-7] ") && !bare.contains("Printer"))
    }

    @Test("No byte of a field outside the allow-list is in a mail, in whatever language", arguments: 1...100)
    func allowList(number: Int) throws {
        var random = Seed(number)
        let allowed = Supplier.Field.allCases.filter { _ in Bool.random(using: &random) }
        let kind = try #require(SupplierMessage.Kind.allCases.randomElement(using: &random))
        let language = try #require(Language.allCases.randomElement(using: &random))
        let mail = SupplierMail(Self.event(kind, allowing: allowed), in: language)
        let all = ([mail.subject, mail.opening, mail.block] + mail.instructions).joined(separator: "\n")
        let marks: [(Supplier.Field, String)] = [
            (.subject, "Printer jams"), (.category, "printing"), (.requesterName, "Nordmann"),
            (.requesterEmail, "kari@"), (.description, "Every time"), (.note, "Please look"),
        ]
        for (field, mark) in marks { #expect(all.contains(mark) == allowed.contains(field), "\(field) \(random)") }
    }

    @Test("The words with which to answer are those that are understood", arguments: Language.allCases)
    func words(language: Language) {
        let lines = SupplierMail(Self.event(), in: language).instructions[0].split(separator: "\n").dropFirst()
        let kinds = lines.map { line in
            MailAnswer(line.drop { !$0.isLetter }.prefix { $0 != ":" } + ": F-77").kind
        }
        #expect(kinds == [.acknowledged, .question, .solved, .returned])
        #expect(SupplierMail(Self.event(.withdrawal), in: language).instructions.isEmpty)
    }
}
