import Desk
import DeskStore
import DeskTestSupport
import JSON
import Moments
import Postgres
import Runtime

/// The journey of one ticket, played by those outside the desk: the requester, an agent and, by itself, the supplier.
struct Journey: Sendable {
    let desk: RunningDesk
    let number: String
    let supplier: String
    /// Whether the agent hands the ticket over with a browser, and not a program over the API.
    var handsOverOnPage = false

    /// A mail comes in and becomes a ticket.
    static func begin(by mail: [UInt8], on desk: RunningDesk) async throws -> Journey {
        let number = try await desk.mail.send(mail, to: "hjelp@oslo.norrsken.example")
        return Journey(desk: desk, number: number, supplier: "fjordnett", handsOverOnPage: true)
    }

    /// Another program asks for a ticket.
    static func begin(byRequest key: String, on desk: RunningDesk) async throws -> Journey {
        let ticket = try await desk.client.post(
            "/api/v1/tickets",
            [
                "subject": "De printer doet het niet", "text": "Sinds vanochtend komt er alleen wit papier uit.",
                "site": "AMS", "requester": ["email": "els@customer.example", "name": "Els", "language": "nl"],
            ], key: key)
        guard let number = ticket["number"]?.string else { throw HarnessFault("No number in \(ticket.text)") }
        return Journey(desk: desk, number: number, supplier: "printwerk")
    }

    /// From the first line to the end.
    ///
    /// - Parameter waitsForWarning: whether the agents dawdle until the desk warns of the deadline.
    func play(waitsForWarning: Bool = false) async throws {
        let path = "/api/v1/tickets/\(number)"
        try await hear(.routed)
        // What an agent does first may be the answer that the deadline is for.
        if waitsForWarning { try await hear(.deadlineNear) }
        if handsOverOnPage {
            try await handOverOnPage()
        } else {
            _ = try await desk.client.post(
                "\(path)/handovers",
                ["to": ["team": "ams-workplace"], "reason": "skill", "note": "Please look at this one."],
                key: "hand-over-\(number)")
        }
        _ = try await desk.client.post(
            "\(path)/supplier-tickets", ["supplier": supplier.json, "note": "Can you repair it?"],
            key: "refer-\(number)")
        try await hear(.supplierAsked)
        _ = try await desk.client.post(
            "\(path)/answers", ["supplier": supplier.json, "text": "Since Monday, on the third floor."],
            key: "answer-\(number)")
        try await hear(.supplierResolved)
        try await desk.client.put("resolution", of: number, ["outcome": "solved", "note": "It works again."]) {
            ["resolved", "closed"].contains($0["state"]?.string)
        }
        try await desk.client.put("closure", of: number, nil) { $0["state"]?.string == "closed" }
    }

    /// The kinds of event in the ticket's log, in their order.
    func events() async throws -> [Ticket.Event.Kind] {
        try await desk.database.all(
            """
            select e.kind from event e join ticket t on t.id = e.ticket where t.number = \(number) order by e.revision
            """, as: Ticket.Event.Kind.self)
    }

    /// Waits until it has happened.
    func hear(_ kind: Ticket.Event.Kind) async throws {
        try await until("\(number) is \(kind.rawValue)") { () -> Void? in try await events().contains(kind) ? () : nil }
    }
}
