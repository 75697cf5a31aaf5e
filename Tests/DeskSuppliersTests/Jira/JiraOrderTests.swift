import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("What is written into a supplier's Jira")
struct JiraOrderTests {
    private static let exchange = UUID()
    private static let cloud = Supplier.Jira(
        url: "https://acme.example", email: "a@b.example", token: "t", project: "SUP", issueType: "Incident")

    private func order(
        _ fields: [Supplier.Field], to terms: Supplier.Jira = cloud, mapping: Supplier.Mapping = Supplier.Jira.mapping
    ) -> JiraOrder {
        let facts = TicketFacts(
            subject: "The line\nis down", kind: .incident, category: "network", impact: .high, urgency: .high,
            priority: .critical, site: "OSL", requesterName: "Kari Nordmann", requesterEmail: "kari@customer.example",
            description: "Since this morning.", note: "Please look.")
        let message = DeskMessage(
            kind: .referral, exchange: Self.exchange, ourReference: "OSL-12",
            disclosure: Disclosure(of: facts, allowing: fields))
        return JiraOrder(
            CloudEvent(
                id: UUID(), source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 1,
                payload: message), to: terms, in: mapping)
    }

    @Test("All that may be told is told, in the supplier's words")
    func whole() throws {
        var mapping = Supplier.Jira.mapping
        (mapping.priorities[.critical], mapping.categories["network"]) = ("P1", "LAN")
        let fields = try #require(order(Supplier.Field.allCases, mapping: mapping).issue["fields"])
        #expect(fields["summary"] == "The line is down" && fields["issuetype"]?["name"] == "Incident")
        #expect(fields["priority"]?["name"] == "P1")
        let text = JiraText.text(of: fields["description"])
        let facts = "Ticket: OSL-12\nSite: OSL\nCategory: LAN\nKind: incident\nRequester: Kari Nordmann"
        #expect(text == "Please look.\n\nSince this morning.\n\n\(facts)\nAddress: kari@customer.example")
    }

    @Test("What may not be told is nowhere")
    func nothing() {
        let order = order([])
        let text = order.issue.text + order.link.text + order.marks.text
        for secret in ["Kari", "kari@", "line", "morning", "look", "network", "OSL\"", "Highest", "incident"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(order.remark == nil && order.issue["fields"]?["summary"] == "OSL-12")
    }

    @Test("A request holds the exchange in its text; plain issues have it in their labels alone")
    func serviceDesk() {
        var terms = Self.cloud
        let identity = Self.exchange.uuidString.lowercased()
        #expect(JiraText.text(of: order([.note]).issue["fields"]?["description"]).contains(identity) == false)
        #expect(JiraQuery.exchange(identity, of: terms).text.contains("description") == false)
        let desk = Supplier.Jira.ServiceDesk(id: "3", requestType: "25")
        terms.serviceDesk = desk
        let request = order([.note], to: terms).request(to: desk)
        #expect(request["requestFieldValues"]?["description"]?.string?.contains("Exchange: \(identity)") == true)
        #expect(
            JiraQuery.exchange(identity, of: terms).text
                == "project = \"SUP\" AND (labels = \"meridian-\(identity)\" OR description ~ \"\\\"\(identity)\\\"\") "
                + "ORDER BY created ASC")
    }

    @Test("A comment is internal where the terms say so, and known by its message", arguments: Visibility.allCases)
    func comments(visibility: Visibility) throws {
        var terms = Self.cloud
        terms.comments = visibility
        let json = order([], to: terms).remark("Hello", as: "m-1").json
        let properties = try #require(json["properties"]?.array)
        #expect(properties.first?["value"]?["message"] == "m-1")
        #expect(properties.contains { $0["key"] == "sd.public.comment" } == (visibility == .internal))
    }

    @Test("An issue belongs to an exchange by its label first, and by its text only where it has none")
    func belonging() throws {
        func issue(_ labels: String, _ description: String) throws -> JiraIssue {
            let json = #"{"id":"1","fields":{"labels":[\#(labels)],"description":"\#(description)"}}"#
            return try #require(JiraIssue(reading: try JSON.parse(json.utf8)))
        }
        let (order, identity) = (order([]), Self.exchange.uuidString.lowercased())
        #expect(order.isOurs(try issue("\"meridian-\(identity)\"", "")))
        #expect(order.isOurs(try issue("\"meridian\"", "Exchange: \(identity)")))
        #expect(!order.isOurs(try issue("\"meridian-\(UUID())\"", "See \(identity)")))
        #expect(!order.isOurs(try issue("", "")))
    }
}
