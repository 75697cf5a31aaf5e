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
        return TicketFacts(
            subject: text(.subject), kind: .serviceRequest, category: text(.category),
            impact: .high, urgency: .low, priority: .planned, site: text(.site), requesterName: text(.requesterName),
            requesterEmail: text(.requesterEmail), description: text(.description), note: text(.note),
            message: text(.message))
    }

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
        #expect(names == Set(allowed.map(\.rawValue) + ["exchange", "our_reference"]), "\(random)")
        for field in Self.texts {
            let isThere = event.text.contains(Self.marker(field))
            #expect(isThere == allowed.contains(field), "\(field.rawValue), \(random)")
        }
        #expect(json["subject"]?.string == "OSL-7")
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
