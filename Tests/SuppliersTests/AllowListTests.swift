import Catalogue
import Desk
import DeskSuppliers
import DeskTestSupport
import Foundation
import Runtime
import SeedTestSupport
import Testing

@testable import Suppliers

@Suite("What may leave for a supplier")
struct AllowListTests {
    private static let connectors: [Supplier.Connector] = [
        .webhook(.init(url: "https://noc.example/events", outgoing: ["a"], incoming: ["b"])),
        .tmf621(.init(url: "https://noc.example/v5", token: "a")),
        .tmf621(.init(url: "https://noc.example/v4", version: .v4, dialect: .serviceNow, token: "a")),
        .servicenow(.init(url: "https://noc.example", user: "desk", password: "a")),
        .jira(.init(url: "https://noc.example", email: "desk@desk.example", token: "a", project: "NOC")),
        .jira(.init(url: "https://noc.example", edition: .dataCenter, token: "a", project: "NOC")),
    ]

    /// The fields that hold words of people. The site is part of every ticket's number.
    private static let written: [Supplier.Field] = [
        .subject, .category, .requesterName, .requesterEmail, .description, .note, .message,
        .fileNames,
    ]

    /// Whether a word may leave: the name of a file only with the words that it came with.
    private static func mayLeave(_ field: Supplier.Field, _ allowed: [Supplier.Field]) -> Bool {
        allowed.contains(field) && (field != .fileNames || allowed.contains(.note))
    }

    /// A word that stands nowhere else, and that no form of writing changes.
    private static func word(_ random: inout Seed) -> String {
        String((0..<16).map { _ in "bcdfghjklmnpqrstvwxz".randomElement(using: &random) ?? "b" })
    }

    private static func facts(_ words: [Supplier.Field: String], _ random: inout Seed) -> TicketFacts {
        /// In a text of several lines, as a person writes it.
        func text(_ field: Supplier.Field) -> String {
            let others = ["Hello,\r\n", "  ", "\t", "Ärendet:\n", "<b>", "\"", "\u{2028}", "{}", ""]
            return (others.randomElement(using: &random) ?? "") + (words[field] ?? "")
                + (others.randomElement(using: &random) ?? "")
        }
        var facts = TicketFacts(
            subject: words[.subject] ?? "", kind: .incident, category: words[.category], impact: .high, urgency: .low,
            priority: .critical, site: "OSL", requesterName: words[.requesterName] ?? "",
            requesterEmail: "\(words[.requesterEmail] ?? "")@customer.example", description: text(.description),
            note: text(.note), message: text(.message))
        facts.files = [
            SharedFile(
                id: UUID(), name: "\(words[.fileNames] ?? "").pdf", type: "application/pdf", size: 3, sha256: [1],
                part: .note)
        ]
        return facts
    }

    @Test(
        "Of what a supplier may not see no word leaves, whatever it is told and by whatever connector",
        arguments: 1...25)
    func words(number: Int) async throws {
        var random = Seed(number)
        let allowed = Supplier.Field.allCases.filter { _ in Bool.random(using: &random) }
        let words = Dictionary(uniqueKeysWithValues: Self.written.map { ($0, Self.word(&random)) })
        let facts = Self.facts(words, &random)
        for connector in Self.connectors {
            let supplier = Supplier(
                code: "noc", name: "NOC", connector: connector, fields: allowed, contact: "noc@noc.example")
            let run = DryRun(supplier, timekeeper: ManualTime(TestDesk.monday))
            for kind in SupplierMessage.Kind.allCases {
                let text = try #require(await run.requests(telling: kind, facts, from: "https://desk.example"))
                for (field, word) in words where text.contains(word) {
                    #expect(
                        Self.mayLeave(field, allowed), "\(random): \(field) leaves by \(connector.word) with a \(kind)")
                }
                guard case .webhook = connector else { continue }
                for (field, word) in words where Self.mayLeave(field, allowed) {
                    #expect(text.contains(word), "\(random): \(field) is kept back from a webhook with a \(kind)")
                }
            }
        }
    }

    @Test("Nor does any leave in a mail, in any language", arguments: 1...25)
    func mail(number: Int) {
        var random = Seed(number)
        let allowed = Supplier.Field.allCases.filter { _ in Bool.random(using: &random) }
        let words = Dictionary(uniqueKeysWithValues: Self.written.map { ($0, Self.word(&random)) })
        let disclosure = Disclosure(of: Self.facts(words, &random), allowing: allowed)
        for kind in SupplierMessage.Kind.allCases {
            let event = CloudEvent<DeskMessage>(
                id: UUID(), source: "https://desk.example", time: TestDesk.monday, sequence: 1,
                payload: DeskMessage(kind: kind, exchange: UUID(), ourReference: "OSL-1", disclosure: disclosure))
            for language in Language.allCases {
                let mail = SupplierMail(event, in: language)
                let text = ([mail.subject, mail.opening, mail.block] + mail.instructions).joined(separator: "\n")
                for (field, word) in words {
                    #expect(
                        text.contains(word) == Self.mayLeave(field, allowed), "\(random): \(field) in a \(kind)")
                }
            }
        }
    }
}
