import Desk
import HTTP
import JSON
import Mail
import Moments
import Runtime

extension Rehearsal {
    func sendMail() async throws -> String {
        guard let sender = Address("kari@customer.example"), let desk = Address("hjelp@oslo.norrsken.example") else {
            preconditionFailure("The addresses of the example are addresses.")
        }
        let now = timekeeper.now
        var draft = Draft(
            from: sender, to: [desk], subject: "Nettverket på møterom 3 er nede",
            text: "Hei,\n\nsiden i morges kommer vi ikke på nettverket i tredje etasje.\n\nHilsen Kari\n",
            messageID: "rehearsal-\(now.microseconds)@customer.example", date: now)
        draft.from.name = "Kari Nordmann"
        let envelope = Envelope(sender: sender, recipients: [desk])
        let replies = try await mail.send(MessageWriter.write(draft), envelope, within: .seconds(20))
        guard let reply = replies.first, reply.isPositive, let number = reply.text.split(separator: " ").last else {
            throw DeskAPI.Refused(description: "the mail was answered with \(replies)")
        }
        return String(number)
    }

    func sendRequest() async throws -> String {
        let ticket = try await api.post(
            "/api/v1/tickets",
            [
                "subject": "The printer on the second floor prints blank pages", "text": "Since this morning.",
                "site": "AMS", "requester": ["email": "els@customer.example", "name": "Els", "language": "nl"],
            ])
        guard let number = ticket["number"]?.string else {
            throw DeskAPI.Refused(description: "the ticket has no number: \(ticket.text)")
        }
        return number
    }

    func handOver(_ journey: Journey) async throws -> String {
        let ticket = try await api.post(
            "/api/v1/tickets/\(journey.number)/handovers",
            ["to": ["team": journey.team.json], "reason": "skill", "note": journey.fault.json])
        return "\(ticket["team"]?.string ?? "-"), tier \(ticket["tier"]?.integer ?? 0)"
    }

    func refer(_ journey: Journey) async throws -> String {
        let ticket = try await api.post(
            "/api/v1/tickets/\(journey.number)/supplier-tickets",
            ["supplier": journey.supplier.json, "note": "Please look at it."])
        return ticket["supplier_tickets"]?[0]?["supplier"]?.string ?? "-"
    }

    /// Answers the supplier's question; there is one supplier that asked.
    func answer(_ number: String) async throws -> String {
        let ticket = try await api.post(
            "/api/v1/tickets/\(number)/answers", ["text": "Since seven this morning, in room 3."])
        return "\(ticket["state"]?.string ?? "-"), supplier \(ticket["supplier_tickets"]?[0]?["state"]?.string ?? "-")"
    }

    /// Waits until something has happened between the desk and the supplier.
    func supplierEvent(_ kind: Ticket.Event.Kind, of number: String) async throws -> String {
        while true {
            let events = try await api.get("/api/v1/tickets/\(number)/events").array ?? []
            if events.contains(where: { $0["kind"]?.string == kind.rawValue }) { break }
            try await timekeeper.wait(for: .milliseconds(100))
        }
        let ticket = try await api.get("/api/v1/tickets/\(number)")
        let bond = ticket["supplier_tickets"]?[0]
        return "their reference \(bond?["their_reference"]?.string ?? "-"), \(ticket["state"]?.string ?? "-")"
    }

    /// Waits until the report counts these tickets as resolved beside those of before, and names each of them.
    func counted(_ numbers: [String], beyond before: String) async throws -> String {
        let wanted = Int64(numbers.count) + (Int64(before.prefix { $0.isNumber }) ?? 0)
        while true {
            let count = try await resolved()
            if count > wanted { throw WebVisitor.Lost(description: "\(count) resolved, and not \(wanted)") }
            if count == wanted { break }
            try await timekeeper.wait(for: .milliseconds(200))
        }
        let listing = try await manager.get("/reports/service/tickets?count=resolved")
        let missing = numbers.filter { !listing.text.contains(">\($0)<") }
        guard listing.status == .ok, missing.isEmpty else {
            throw WebVisitor.Lost(description: "the report does not name \(missing.joined(separator: ", "))")
        }
        return "\(wanted) resolved: \(numbers.joined(separator: ", ")) and those before"
    }

    /// How many tickets the report counts as resolved.
    func resolved() async throws -> Int64 {
        let report = try await manager.get("/reports/service.json")
        guard report.status == .ok, let count = try JSON.parse(report.text)["total"]?["resolved"]?.integer else {
            throw WebVisitor.Lost(description: "the report was answered with \(report.status.code)")
        }
        return count
    }
}
