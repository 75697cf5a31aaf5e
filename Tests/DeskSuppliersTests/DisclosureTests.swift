import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import SeedTestSupport
import Testing

@Suite("What leaves to a supplier")
struct DisclosureTests {
    /// Facts whose texts cannot be taken for one another, with letters that need escapes.
    private static func facts(_ random: inout Seed) -> TicketFacts {
        func text(_ field: Supplier.Field) -> String {
            let letters = Array("abc ÆØÅ\"\\\n\t</>&\u{1F525}\u{7f}")
            let noise = String(
                (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
            return "\(marker(field))\(noise)"
        }
        var facts = TicketFacts(
            subject: text(.subject), kind: .serviceRequest, category: text(.category),
            impact: .high, urgency: .low, priority: .planned, site: text(.site), requesterName: text(.requesterName),
            requesterEmail: text(.requesterEmail), description: text(.description), note: text(.note),
            message: text(.message))
        facts.files = Self.parts.map { part in
            SharedFile(
                id: UUID(), name: "\(text(.fileNames)) \(part.rawValue).kari.PDF", type: "application/pdf",
                size: 12_000,
                sha256: [1, 2], part: part)
        }
        return facts
    }

    /// The words with which files come.
    private static let parts: [Supplier.Field] = [.description, .note, .message]

    private static func marker(_ field: Supplier.Field) -> String { "<<\(field.rawValue)>>" }

    private static let texts: [Supplier.Field] = [
        .subject, .category, .site, .requesterName, .requesterEmail, .description, .note, .message,
    ]

    @Test("No byte of a field outside the allow-list leaves, and every field on it does", arguments: 1...200)
    func allowList(number: Int) throws {
        var random = Seed(number)
        let facts = Self.facts(&random)
        let allowed = Supplier.Field.allCases.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
        let message = DeskMessage(
            kind: SupplierMessage.Kind.allCases.randomElement(using: &random) ?? .referral, exchange: UUID(),
            ourReference: "OSL-7", disclosure: Disclosure(of: facts, allowing: allowed))
        let event = CloudEvent(
            id: UUID(), source: "https://desk.example", time: Moment(seconds: 0), sequence: 1, payload: message)
        let json = try JSON.parse(event.text)
        let names = Set(json["data"]?.object?.names ?? [])
        let hasFiles = Self.parts.contains(where: allowed.contains)
        let told = allowed.filter { $0 != .quotations && (hasFiles || ![.files, .fileNames].contains($0)) }.map(
            \.rawValue)
        #expect(names == Set(told + ["exchange", "our_reference"]), "\(random)")
        #expect(event.text.contains("file_names>>") == (hasFiles && allowed.contains(.fileNames)), "\(random)")
        #expect(!event.text.contains("kari.PDF") || allowed.contains(.fileNames), "\(random)")
        for field in Self.texts {
            let isThere = event.text.contains(Self.marker(field))
            #expect(isThere == allowed.contains(field), "\(field.rawValue), \(random)")
        }
        #expect(json["subject"]?.string == "OSL-7")
    }

    @Test("A file goes with the words that it came with, and is told again as it was", arguments: 1...50)
    func files(number: Int) throws {
        var random = Seed(number)
        let facts = Self.facts(&random)
        let allowed = Supplier.Field.allCases.filter { _ in Bool.random(using: &random) }
        let message = DeskMessage(
            kind: .referral, exchange: UUID(), ourReference: "OSL-7",
            disclosure: Disclosure(of: facts, allowing: allowed))
        let event = CloudEvent(
            id: UUID(), source: "https://desk.example", time: Moment(seconds: 0), sequence: 1, payload: message)
        let told = try CloudEvent<DeskMessage>(reading: event.text.utf8).payload.disclosure.files
        let wanted = facts.files.filter { allowed.contains(.files) && allowed.contains($0.part) }
        #expect(told.map(\.id) == wanted.map(\.id) && told.map(\.part) == wanted.map(\.part), "\(random)")
        #expect(told.allSatisfy { $0.type == "application/pdf" && $0.size == 12_000 && $0.sha256 == [1, 2] })
        let names =
            allowed.contains(.fileNames) ? wanted.map(\.name) : wanted.indices.map { "file-\($0 + 1).pdf" }
        #expect(told.map(\.name) == names, "\(random)")
    }

    @Test("A file without a known ending is called by its number alone, and a name is one line")
    func names() {
        func file(_ name: String) -> SharedFile {
            SharedFile(id: UUID(), name: name, type: "image/png", size: 1, sha256: [], part: .note)
        }
        var facts = TicketFacts(
            subject: "", kind: .incident, category: nil, impact: .low, urgency: .low, priority: .low, site: "OSL",
            requesterName: "", requesterEmail: "", description: nil, note: "See there.")
        facts.files = [file("Kari's salary"), file("plan.kari"), file("a\nb.Docx"), file(".png")]
        #expect(
            Disclosure(of: facts, allowing: [.note, .files]).files.map(\.name)
                == ["file-1", "file-2", "file-3.docx", "file-4.png"])
        #expect(Disclosure(of: facts, allowing: [.note, .files, .fileNames]).files[2].name == "a b.Docx")
        #expect(facts.files.fitting(3).count == 3)
    }

    @Test("With nothing allowed, only the number of the ticket and of the exchange leave")
    func nothing() throws {
        var random = Seed(1)
        #expect(Disclosure(of: Self.facts(&random), allowing: []).members.isEmpty)
    }

    @Test("What a ticket does not have is left out, not null")
    func absent() {
        var random = Seed(1)
        var facts = Self.facts(&random)
        (facts.category, facts.note) = (nil, nil)
        let members = Disclosure(of: facts, allowing: [.category, .note, .priority]).members
        #expect(members.names == ["priority"])
        #expect(members["priority"] == 5)
    }
}
