import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("Events between the desk and suppliers")
struct CloudEventTests {
    private static let exchange = UUID()
    private static let statements: [SupplierStatement] = [
        SupplierStatement(exchange: exchange, .acknowledged(reference: "F-77")),
        SupplierStatement(exchange: exchange, .noted("Somebody is on the way.")),
        SupplierStatement(exchange: exchange, .asked("Which \"floor\"?\nThe third?")),
        SupplierStatement(exchange: exchange, .resolved("Replaced.")),
        SupplierStatement(exchange: exchange, .resolved(nil)),
        SupplierStatement(exchange: exchange, .returned(nil)),
    ]

    private static func faults(_ text: String) -> String? {
        do {
            _ = try CloudEvent<SupplierStatement>(reading: text.utf8)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("What a supplier says is read as it was written", arguments: statements)
    func statement(statement: SupplierStatement) throws {
        let event = CloudEvent(
            id: "e-1", source: "https://fjordnett.example", subject: "F-77", time: Moment(microseconds: 1_234_567),
            sequence: nil, payload: statement)
        #expect(try CloudEvent<SupplierStatement>(reading: event.text.utf8) == event)
    }

    @Test("What the desk says is read as it was written", arguments: SupplierMessage.Kind.allCases)
    func message(kind: SupplierMessage.Kind) throws {
        let facts = TicketFacts(
            subject: "No network", kind: .incident, category: "network", impact: .high, urgency: .medium,
            priority: .high,
            site: "OSL", requesterName: "Kari", requesterEmail: "kari@customer.example", description: "Since noon.",
            note: "Please look.")
        let event = CloudEvent(
            id: UUID(), source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 12,
            payload: DeskMessage(
                kind: kind, exchange: Self.exchange, ourReference: "OSL-1",
                disclosure: Disclosure(of: facts, allowing: Supplier.Field.allCases)))
        #expect(try CloudEvent<DeskMessage>(reading: event.text.utf8) == event)
    }

    @Test("An event of the desk has the form of CloudEvents 1.0")
    func form() throws {
        let id = UUID()
        let event = CloudEvent(
            id: id, source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 3,
            payload: DeskMessage(
                kind: .withdrawal, exchange: Self.exchange, ourReference: "OSL-1",
                disclosure: try CloudEvent<DeskMessage>(reading: Self.referral.utf8).payload.disclosure))
        #expect(
            try JSON.parse(event.text) == [
                "specversion": "1.0", "type": "com.meridian.ticket.withdrawn.v1",
                "id": .string(id.uuidString.lowercased()), "source": "https://desk.example", "subject": "OSL-1",
                "time": "2026-03-02T09:00:00Z", "sequence": "0000000003", "datacontenttype": "application/json",
                "data": [
                    "exchange": .string(Self.exchange.uuidString.lowercased()), "our_reference": "OSL-1",
                    "priority": 2,
                ],
            ])
    }

    private static let referral = """
        {"specversion": "1.0", "type": "com.meridian.ticket.referred.v1", "id": "1", "source": "d",
         "data": {"exchange": "\(exchange.uuidString)", "our_reference": "OSL-1", "priority": 2}}
        """

    @Test("Every fault is told, each with its place")
    func allFaults() throws {
        let told = try #require(
            Self.faults(
                """
                {"specversion": "0.3", "type": "com.meridian.ticket.asked.v1", "source": 7, "time": "yesterday",
                 "data": {"exchange": "none", "txt": "Which floor?"}, "data_base64": ""}
                """))
        let places = told.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(
            places == [
                "/specversion", "/id", "/source", "/time", "/data_base64", "/data/exchange", "/data/text", "/data/txt",
            ], "\(told)")
    }

    @Test(
        "What is no event of ours is refused",
        arguments: [
            ("", "no JSON"), ("[]", "an object"), (#"{"specversion": "1.0""#, "no JSON"),
            (#"{"specversion":"1.0","type":"com.other.v1","id":"1","source":"s","data":{}}"#, "/type must be one of"),
            (
                #"{"specversion":"1.0","type":"com.meridian.ticket.referred.v1","id":"1","source":"s","data":{}}"#,
                "/type"
            ),
        ])
    func refused(text: String, fault: String) throws {
        #expect(try #require(Self.faults(text)).contains(fault))
    }

    @Test("A text that PostgreSQL cannot keep, an empty one and one without end are refused")
    func texts() {
        for text in [#"\u0000"#, "", String(repeating: "a", count: 20_001)] {
            let event = """
                {"specversion": "1.0", "type": "com.meridian.ticket.noted.v1", "id": "1", "source": "s",
                 "data": {"exchange": "\(Self.exchange.uuidString)", "text": "\(text)"}}
                """
            #expect(Self.faults(event)?.hasPrefix("/data/text ") == true)
        }
    }

    @Test("Attributes that we do not know are passed over, as the standard asks")
    func extensions() {
        let event = """
            {"specversion": "1.0", "type": "com.meridian.ticket.resolved.v1", "id": "1", "source": "s", "subject": null,
             "partitionkey": "7", "traceparent": "00", "data": {"exchange": "\(Self.exchange.uuidString)"}}
            """
        #expect(Self.faults(event) == nil)
    }
}
