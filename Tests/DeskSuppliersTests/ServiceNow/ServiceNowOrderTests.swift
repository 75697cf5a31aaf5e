import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("What is written into a supplier's ServiceNow")
struct ServiceNowOrderTests {
    private static let exchange = UUID()

    private func order(
        _ kind: SupplierMessage.Kind = .referral, _ fields: [Supplier.Field] = Supplier.Field.allCases,
        note: String? = "Please look.", priority: Priority = .high, for terms: Supplier.ServiceNow = .example,
        in mapping: Supplier.Mapping = Supplier.ServiceNow.mapping
    ) -> ServiceNowOrder {
        let facts = TicketFacts(
            subject: "The line is down", kind: .incident, category: "network", impact: .high, urgency: .low,
            priority: priority, site: "OSL", requesterName: "Kari Nordmann", requesterEmail: "kari@customer.example",
            description: "Since this morning.", note: note)
        let message = DeskMessage(
            kind: kind, exchange: Self.exchange, ourReference: "OSL-12",
            disclosure: Disclosure(of: facts, allowing: fields))
        return ServiceNowOrder(
            CloudEvent(
                id: UUID(), source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 7,
                payload: message), for: terms, in: mapping)
    }

    private func step(
        _ kind: SupplierMessage.Kind, _ state: String, hold: String = "", note: String? = nil, isWritten: Bool = false,
        told: [SupplierMessage.Kind: String] = [:]
    ) throws -> ServiceNowOrder.Step {
        var mapping = Supplier.ServiceNow.mapping
        mapping.told.merge(told) { $1 }
        let order = order(kind, note: note, in: mapping)
        let ticket = try #require(
            ServiceNowTicket(reading: [
                "sys_id": "a1", "number": "INC1", "state": .string(state), "hold_reason": .string(hold),
                "active": .string(["7", "8"].contains(state) ? "false" : "true"), "impact": "1", "urgency": "2",
            ]))
        return order.step(on: ticket, isWritten: isWritten)
    }

    private func patch(_ members: KeyValuePairs<String, String>) -> ServiceNowOrder.Step {
        .patch(JSONObject(members.map { ($0.key, .string($0.value)) }))
    }

    @Test("All that may be told is told in texts, under the names of their fields")
    func whole() {
        var mapping = Supplier.ServiceNow.mapping
        mapping.categories["network"] = "Network"
        let row = order(in: mapping).row
        #expect(row["short_description"] == "The line is down" && row["category"] == "Network")
        #expect(row["impact"] == "1" && row["urgency"] == "3" && row["priority"] == nil)
        #expect(row["correlation_id"] == Self.exchange.uuidString.lowercased().json)
        #expect(row["correlation_display"] == "Meridian Oslo" && row["assignment_group"] == "noc")
        #expect(row["work_notes"] == "Please look.\n\n[OSL-12/7]" && row["comments"] == nil)
        let description = "Our ticket: OSL-12\nSite: OSL\nRequester: Kari Nordmann, kari@customer.example\n\n"
        #expect(row["description"] == .string(description + "Since this morning."))
        #expect(row.allSatisfy { $0.value.string != nil })
        var terms = Supplier.ServiceNow.example
        terms.writes = .comments
        #expect(order(for: terms).row["comments"] != nil && order(for: terms).row["work_notes"] == nil)
    }

    @Test("What may not be told is nowhere, whatever the message is", arguments: SupplierMessage.Kind.allCases)
    func nothing(kind: SupplierMessage.Kind) throws {
        let order = order(kind, [])
        let ticket = try #require(ServiceNowTicket(reading: ["sys_id": "a1", "state": "3", "hold_reason": "1"]))
        let text = JSON.object(order.row).text + "\(order.step(on: ticket, isWritten: false))"
        for secret in ["Kari", "kari@", "line is down", "morning", "look", "network", "\"OSL\"", "impact", "urgency"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test("Each field shows itself and no other", arguments: Supplier.Field.allCases)
    func single(field: Supplier.Field) {
        let words: [Supplier.Field: String] = [
            .subject: "line is down", .requesterName: "Kari Nordmann", .requesterEmail: "kari@customer.example",
            .description: "Since this morning.", .note: "Please look.", .category: "network", .site: "Site: OSL",
        ]
        let text = JSON.object(order(.referral, [field]).row).text
        for (other, word) in words { #expect(text.contains(word) == (other == field), "\(field) shows \(other)") }
    }

    @Test(
        "A priority that may be told alone is told by the impact and urgency that give it",
        arguments: zip(Priority.allCases, ["1/1", "1/2", "2/2", "2/3", "3/3"]))
    func priorities(priority: Priority, weight: String) {
        let row = order(.referral, [.priority], priority: priority).row
        #expect("\(row["impact"]?.string ?? "")/\(row["urgency"]?.string ?? "")" == weight)
    }

    @Test("An entry of ours is known by its last line, whatever other words say")
    func entries() throws {
        func entry(_ text: String) throws -> ServiceNowEntry {
            try #require(
                ServiceNowEntry(reading: [
                    "sys_id": "j1", "element_id": "a1", "element": "work_notes", "value": .string(text),
                ]))
        }
        let order = order()
        #expect(try order.isOurs(entry("Please look.\r\n\r\n[OSL-12/7]\n")))
        #expect(try !order.isOurs(entry("Please look.")))
        #expect(try !order.isOurs(entry("Please look.\n\n[OSL-12/70]")))
        #expect(try !order.isOurs(entry("[OSL-12/7] is answered.")))
    }

    @Test("An answer takes up what waits for it, and is only written elsewhere")
    func answer() throws {
        let written = "Yes.\n\n[OSL-12/7]"
        let waiting = try step(.answer, "3", hold: "1", note: "Yes.")
        #expect(waiting == patch(["work_notes": written, "state": "2", "hold_reason": ""]))
        #expect(try step(.answer, "3", hold: "4", note: "Yes.") == patch(["work_notes": written]))
        #expect(try step(.answer, "2", note: "Yes.") == patch(["work_notes": written]))
        #expect(try step(.answer, "3", hold: "1", note: "Yes.", isWritten: true) == .nothing)
        #expect(try step(.note, "2", note: "Yes.", isWritten: true) == .nothing)
    }

    @Test("Impact and urgency are told where theirs are others")
    func change() throws {
        #expect(try step(.change, "2") == patch(["urgency": "3"]))
        #expect(try step(.change, "7") == .nothing)
    }

    @Test("What is solved is opened again and closed; what is closed is not, and a person hears of it")
    func ends() throws {
        #expect(try step(.reopening, "6") == patch(["state": "2"]))
        #expect(try step(.reopening, "2") == .nothing)
        guard case .refused(let reason) = try step(.reopening, "7") else { throw Missing() }
        #expect(reason.contains("INC1"))
        #expect(try step(.closure, "2") == .nothing && step(.closure, "7") == .nothing)
        guard case .patch(let closure) = try step(.closure, "6") else { throw Missing() }
        #expect(closure["state"] == "7" && closure["close_code"] == "Solution provided")
        #expect(closure["close_notes"]?.string?.isEmpty == false)
    }

    @Test("A withdrawal says why, in their word for the state, and leaves alone what is over")
    func withdrawal() throws {
        #expect(
            try step(.withdrawal, "2") == patch(["work_notes": "The desk took the ticket back.", "state": "8"]))
        let words = "It works.\n\n[OSL-12/7]"
        #expect(
            try step(.withdrawal, "3", hold: "4", note: "It works.")
                == patch(["work_notes": words, "state": "8", "hold_reason": ""]))
        for state in ["6", "7", "8"] { #expect(try step(.withdrawal, state) == .nothing) }
        let mapped = try step(.withdrawal, "2", note: "It works.", told: [.withdrawal: "3/5"])
        #expect(mapped == patch(["work_notes": words, "state": "3", "hold_reason": "5"]))
    }

    private struct Missing: Error {}
}

extension Supplier.ServiceNow {
    static let example = Supplier.ServiceNow(
        url: "https://noc.example", user: "desk", system: "Meridian Oslo", record: ["assignment_group": "noc"])
}
