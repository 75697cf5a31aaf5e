import Administration
import Desk
import DeskStore
import JSON
import Moments
import Runtime

extension Command {
    static let ticketShow = Command(
        words: ["ticket", "show"], summary: "Show a ticket with its timeline", operands: ["NUMBER"],
        options: [.data, .json]
    ) { invocation in
        try await withTicket(invocation) { view in
            if invocation.has("--json") { return view.json.laidOut() }
            let entries = view.entries.map { entry in
                let author = entry.authorName ?? "the desk"
                return "\n\(entry.at.rfc3339)  \(author)  \(entry.visibility.rawValue)\n\(entry.text)"
            }
            let why = ["\nWhy it is here"] + view.why.map { "  \($0)" }
            return ([view.summary] + why + entries).joined(separator: "\n")
        }
    }

    static let ticketJourney = Command(
        words: ["ticket", "journey"], summary: "Show who held a ticket when, and the arithmetic of its clocks",
        operands: ["NUMBER"], options: [.data, .json]
    ) { invocation in
        try await withTicket(invocation) { view, store in
            invocation.has("--json") ? view.json.laidOut() : JourneyReport(view, zones: store.zones).text
        }
    }

    static let ticketList = Command(
        words: ["ticket", "list"], summary: "List the newest tickets",
        options: [
            .value("--state", "STATE", "only tickets in this state"), .value("--limit", "N", "how many (50)"), .data,
            .json,
        ]
    ) { invocation in
        let limit = try invocation.number("--limit", in: 1...1000) ?? 50
        var filter = TicketFilter()
        if let word = invocation.value("--state") {
            guard let state = Ticket.State(rawValue: word) else {
                let words = Ticket.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFault("\"\(word)\" is no state.", advice: "one of \(words).", status: .usage)
            }
            filter.states = [state]
        }
        return try await DeskConnection(invocation).withStore { [filter] store in
            let tickets = try await store.tickets(filter, limit: limit, seeing: .desk)
            if invocation.has("--json") {
                Terminal.write(JSON.array(tickets.map(\.json)).text, to: .output)
                return .success
            }
            let rows = tickets.map { summary in
                let ticket = summary.ticket
                return [
                    ticket.number.description, ticket.state.rawValue, "\(ticket.classification.priority.rawValue)",
                    ticket.times.opened.rfc3339, summary.requesterName, summary.record.subject,
                ]
            }
            let headings = ["number", "state", "priority", "opened at", "requester", "subject"]
            Terminal.write(Table.text(headings: headings, rows: rows), to: .output)
            return .success
        }
    }

    private static func withTicket(
        _ invocation: Invocation, _ tell: @escaping @Sendable (TicketView) throws -> String
    ) async throws -> ExitStatus {
        try await withTicket(invocation) { view, _ in try tell(view) }
    }

    private static func withTicket(
        _ invocation: Invocation, _ tell: @escaping @Sendable (TicketView, DeskStore) throws -> String
    ) async throws -> ExitStatus {
        let word = invocation.operand(0) ?? ""
        guard let number = TicketNumber(word) else {
            throw CommandFault("\"\(word)\" is no ticket number.", advice: "one such as OSL-10432.", status: .usage)
        }
        return try await DeskConnection(invocation).withStore { store in
            guard let view = try await store.view(of: number, seeing: .desk, including: true) else {
                throw CommandFault("there is no ticket \(number).", advice: "deskctl ticket list", status: .noInput)
            }
            Terminal.write(try tell(view, store), to: .output)
            return .success
        }
    }
}

extension TicketView {
    var summary: String {
        let place = ticket.responsibility.place
        return """
            \(ticket.number)  \(record.subject)
            \(ticket.state.rawValue)  \(ticket.classification.kind.rawValue)  priority \
            \(ticket.classification.priority.rawValue)  team \(directory.teams.code(of: place.team))  opened \
            \(ticket.times.opened.rfc3339)  from \(requester.address)
            """
    }
}
