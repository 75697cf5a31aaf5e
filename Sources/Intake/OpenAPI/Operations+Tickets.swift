import Desk
import DeskStore
import HTTP
import JSON

extension Operation {
    static var tickets: [Operation] {
        let path = "/api/v1/tickets/:ticket"
        return [
            Operation(
                .post, "/api/v1/tickets", "openTicket", "Opens a ticket.", .writeTickets,
                body: .json { TicketRequest.form(in: $0).schema },
                .one("OpenedTicket", .created, fields: ["ETag", "Location"])
            ).making("ticket", at: "/number"),
            Operation(
                .get, "/api/v1/tickets", "listTickets", "Tickets, the newest first.", .readTickets, query: ticketQuery,
                .list("Ticket", isPaged: true)),
            Operation(.get, path, "readTicket", "A ticket, if it has changed.", .readTickets, .ticket(.ok)),
            .change(
                .patch, path, "changeTicket", "Changes what a ticket is.",
                body: .patch { TicketPatch.form(in: $0).schema }),
            Operation(
                .get, "\(path)/entries", "listEntries", "What was written.", .readTickets, .list("Entry")),
            Operation(
                .post, "\(path)/entries", "writeEntry", "Writes to the requester or to the desk.", .writeTickets,
                body: .json { _ in API.EntryRequest.form.schema },
                .one("Entry", .created, fields: ["ETag", "Location"])),
            Operation(
                .post, "\(path)/attachments", "addFile", "Adds a file, which an entry may then name.", .writeTickets,
                query: [Parameter("name", "the name of the file, where the body is its bytes")], body: .file,
                .one("File", .created, fields: ["Location"])
            ).making("file", at: "/id"),
            Operation(
                .get, "\(path)/attachments/:file", "readFile", "The bytes of a file.", .readTickets,
                Answer(status: .ok, type: "*/*", fields: ["ETag", "Accept-Ranges"], isRanged: true)),
            Operation(
                .get, "\(path)/events", "listEvents",
                "What happened, in order. With Accept: text/event-stream what happens from then on follows, each event "
                    + "with its revision as its id.", .readTickets,
                query: [
                    Parameter(
                        "after", "the revision of the last event that is known", .whole(0...Int.max))
                ], .followed("Event")),
            Operation(.get, "\(path)/legs", "listLegs", "Who held it when, without a gap.", .readTickets, .list("Leg")),
            Operation(
                .get, "\(path)/clocks", "listClocks", "Its clocks and their arithmetic.", .readTickets, .list("Clock")),
        ]
    }

    private static var ticketQuery: [Parameter] {
        [
            Parameter("site", "the code of the site that has it") { .codes($0.organisation.sites.map(\.code)) },
            Parameter("team", "the code of the team that has it") { .codes($0.organisation.teams.map(\.code)) },
            Parameter("category", "the code of its category") { .codes($0.organisation.categories.map(\.code)) },
            Parameter(
                "state",
                "one or more states, with commas: \(Ticket.State.allCases.map(\.rawValue).joined(separator: ", "))"),
            Parameter("tier", "the tier that has it", .whole(1...99)),
            Parameter("tag", "one of its tags"),
            Parameter("requester", "a mail address of the requester"),
            Parameter("updated_after", "changed after this instant", .moment),
            .words("a number, or words of the subject, each from its beginning"), .limit, .cursor,
        ]
    }
}

extension JSONSchema {
    /// One of the codes that an organisation has.
    static func codes(_ codes: [String]) -> JSONSchema { .word(of: codes) }
}
