import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("What is read of a supplier's ServiceNow")
struct ServiceNowNewsTests {
    private static let exchange = UUID()

    private func ticket(_ members: [String: JSON]) throws -> ServiceNowTicket {
        var row: [String: JSON] = [
            "sys_id": "a1", "number": "INC1", "state": "2", "correlation_id": .string(Self.exchange.uuidString),
            "sys_mod_count": "4", "sys_updated_on": "2026-03-02 09:00:00", "hold_reason": "", "close_notes": "",
            "priority": "2",
        ]
        row.merge(members) { $1 }
        return try #require(ServiceNowTicket(reading: .object(JSONObject(row.map { ($0.key, $0.value) }))))
    }

    private func entry(_ id: String, _ text: String, in journal: String, by author: String) throws -> ServiceNowEntry {
        try #require(
            ServiceNowEntry(reading: [
                "sys_id": .string(id), "element_id": "a1", "element": .string(journal), "value": .string(text),
                "sys_created_by": .string(author), "sys_created_on": "2026-03-02 09:00:00",
            ]))
    }

    @Test("A row is read as instances write it: texts, times in UTC, and values that are wrapped")
    func reading() throws {
        let ticket = try ticket([
            "active": "true", "state": ["display_value": "On Hold", "value": "3"], "hold_reason": "4",
            "impact": ["link": "https://noc.example/x", "value": "1"], "resolved_at": "",
        ])
        #expect(ticket.exchange == Self.exchange && ticket.isActive && ticket.word == "3/4" && ticket.impact == "1")
        #expect(ticket.updated == Moment(rfc3339: "2026-03-02T09:00:00Z") && ticket.resolved == nil)
        #expect(ticket.updated?.serviceNow == "2026-03-02 09:00:00")
        #expect(ServiceNowTicket(reading: ["number": "INC1"]) == nil && ServiceNowTicket(reading: []) == nil)
        #expect(ServiceNowEntry(reading: ["sys_id": "j1", "value": ""]) == nil)
    }

    @Test("Entries of the journals that are for us are told, our own are not")
    func notes() throws {
        let journal = [
            try entry("j1", "Ours.", in: "work_notes", by: "desk"),
            try entry("j2", "Inner.", in: "work_notes", by: "eva"),
            try entry("j3", "For the caller.", in: "comments", by: "eva"),
            try entry("j4", "Beside.", in: "approval_history", by: "eva"),
        ]
        func told(_ writes: Supplier.ServiceNow.Journal) throws -> [SupplierStatement.Content] {
            var terms = Supplier.ServiceNow.example
            terms = Supplier.ServiceNow(url: terms.url, user: terms.user, writes: writes)
            return SupplierNews.all(of: try ticket([:]), journal, under: terms).dropLast().map(\.statement.content)
        }
        #expect(try told(.workNotes) == [.noted("Inner."), .noted("For the caller.")])
        #expect(try told(.comments) == [.noted("For the caller.")])
    }

    @Test("A state is told after each change, a solution once by its time, and a closure after it")
    func states() throws {
        func news(_ members: [String: JSON]) throws -> [SupplierNews] {
            SupplierNews.all(of: try ticket(members), [], under: .example)
        }
        let solved: [String: JSON] = ["state": "6", "close_notes": "A cable.", "resolved_at": "2026-03-02 10:00:00"]
        #expect(try news([:]).map(\.statement.content) == [.stated("2", text: nil)])
        #expect(try news([:])[0].messageID != news(["sys_mod_count": "5"])[0].messageID)
        #expect(try news(solved).map(\.statement.content) == [.stated("6", text: "A cable.")])
        #expect(try news(solved) == news(solved.merging(["sys_mod_count": "9"]) { $1 }))
        let closed = try news(solved.merging(["state": "7"]) { $1 })
        #expect(closed.map(\.statement.content) == [.stated("6", text: "A cable."), .stated("7", text: nil)])
        #expect(try closed[0] == news(solved)[0])
        #expect(try news(["state": "7", "close_notes": "A cable."])[0].statement.text == "A cable.")
        #expect(SupplierNews.all(of: try ticket(["correlation_id": "other"]), [], under: .example).isEmpty)
    }

    @Test("What is kept of news is read as it was")
    func kept() throws {
        let journal = [try entry("j2", "Inner.", in: "work_notes", by: "eva")]
        for news in SupplierNews.all(of: try ticket(["severity": "3"]), journal, under: .example) {
            #expect(try SupplierNews(reading: news.text) == news)
        }
        #expect(throws: UnreadableEvent.self) { try SupplierNews(reading: "{}") }
    }

    @Test(
        "Their states mean what they mean here; one that nobody has mapped means nothing",
        arguments: [
            ("1", "", SupplierState.acknowledged), ("2", "", .inProgress), ("3", "", .inProgress),
            ("3", "1", .waitingForUs), ("3", "3", .inProgress), ("3", "4", .inProgress), ("3", "5", .inProgress),
            ("6", "", .resolved), ("7", "", .resolved), ("8", "", .rejected), ("-5", "", nil), ("3", "9", nil),
        ])
    func mapping(state: String, reason: String, meaning: SupplierState?) throws {
        let ticket = try ticket(["state": .string(state), "hold_reason": .string(reason)])
        #expect(try Supplier.ServiceNow.mapping.state(#require(ticket.word)) == meaning)
    }
}
