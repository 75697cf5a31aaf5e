import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import PostgresTestSupport
import Testing

@Suite("What is agreed with suppliers' systems that speak TMF621", .database(template: TestDesk.template))
struct TroubleTicketAgreementTests {
    private func line(_ mapping: [String: Any]) async throws -> TroubleTicketLine {
        let line = try await TroubleTicketLine()
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map {
                $0.merging(["mapping": mapping, "fields": ["category", "priority", "note"]]) { $1 }
            }
        }
        _ = try await line.operating.store.apply(organisation, by: "the tests")
        return line
    }

    @Test("The supplier's own words stand for ours, in both directions")
    func words() async throws {
        let line = try await line([
            "states": ["wartet": "waiting_for_us"], "priorities": ["3": "P-Mittel"], "categories": ["network": "LAN-7"],
        ])
        let (ticket, id) = try await line.referred()
        try await line.record(on: ticket, note: "It is the network.") { occasion in
            var changes = Changes()
            changes.category = occasion.directory.categories["network"]
            return .changed(changes)
        }
        let shown = try await line.ticket(id)
        #expect(shown["priority"] == "P-Mittel", "\(shown.text)")
        let category = shown["relatedEntity"]?.array?.first { $0["role"] == "category" }
        #expect(category?["entity"]?["id"] == "LAN-7", "\(shown.text)")
        let unknown = try await line.say("?", status: "vergessen", on: id)
        #expect(unknown.status == .unprocessableContent && unknown.text.contains("wartet"), "\(unknown.text)")
        #expect(try await line.say("Which floor?", status: "Wartet", on: id).document["status"] == "pending")
        #expect(try await line.view(ticket).bonds.map(\.state) == [.waitingForUs])
    }

    @Test("Where the desk alone decides how far a ticket is, a state brings its words and nothing else")
    func owned() async throws {
        let line = try await line(["ours": ["state"]])
        let (ticket, id) = try await line.referred()
        let answer = try await line.say("A new cable.", status: "resolved", on: id)
        #expect(answer.status == .ok && answer.document["status"] == "acknowledged", "\(answer.text)")
        let view = try await line.view(ticket)
        #expect(view.bonds.map(\.state) == [.acknowledged] && view.entries.last?.text == "A new cable.")
        #expect(view.entries.last?.visibility == .internal)
    }

    @Test("The requester reads what a supplier writes where that is agreed, but no question to the desk")
    func visibility() async throws {
        let line = try await line(["notes": "public"])
        let (ticket, id) = try await line.referred()
        #expect(try await line.say("On our way.", on: id).status == .ok)
        #expect(try await line.say("Which floor?", status: "pending", on: id).status == .ok)
        let said = try await line.view(ticket).entries.filter { $0.supplier == line.supplier }
        #expect(said.map(\.visibility) == [.public, .internal])
    }
}
