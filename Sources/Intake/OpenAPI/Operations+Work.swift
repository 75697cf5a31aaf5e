import Desk
import DeskStore
import HTTP
import JSON

extension Operation {
    /// Whose a ticket is, and what becomes of it.
    static var work: [Operation] {
        let path = "/api/v1/tickets/:ticket"
        return [
            .change(
                .put, "\(path)/assignment", "assignTicket", "Assigns it to a team, a position or a person.",
                body: .json { AssignmentRequest.form(in: $0).schema }),
            .change(.delete, "\(path)/assignment", "releaseTicket", "Puts it back into the queue of its team."),
            .change(
                .put, "\(path)/owner", "setOwner", "Says which position answers for it from its report to its end.",
                body: .json { API.owner(in: $0).schema }),
            .add(
                "\(path)/handovers", "handOverTicket", "Hands it over to another team, tier or site.",
                body: .json { HandoverRequest.form(in: $0).schema }),
            .add(
                "\(path)/sufficiency", "judgeSufficiency", "Says whether what is known suffices, or what is missing.",
                body: .json { _ in SufficiencyRequest.form.schema }),
            .change(
                .put, "\(path)/means", "chooseMeans", "Says what is needed to solve it.",
                body: .json { _ in API.means.schema }),
            .add(
                "\(path)/supplier-tickets", "referTicket", "Refers it to a supplier.",
                body: .json { API.referral(in: $0).schema }),
            Operation(
                .post, "\(path)/supplier-tickets/previews", "previewReferral",
                "Shows what a referral would tell the supplier, and refers nothing.", .writeTickets,
                body: .json { API.referral(in: $0).schema }, .one("SupplierPreview")),
            .add(
                "\(path)/answers", "answerSupplier", "Answers the question of a supplier.",
                body: .json { AnswerRequest.form(in: $0).schema }),
            .change(
                .put, "\(path)/resolution", "resolveTicket", "Resolves it with an outcome.",
                body: .json { ResolutionRequest.form($0.organisation.modules).schema }),
            .change(.delete, "\(path)/resolution", "reopenTicket", "Takes it up again."),
            .change(.put, "\(path)/closure", "closeTicket", "Closes it."),
            .change(
                .put, "\(path)/hold", "holdTicket", "Puts it on hold.", body: .json { _ in API.hold.schema }),
            .change(.delete, "\(path)/hold", "resumeTicket", "Goes on with it."),
            .add(
                "\(path)/callbacks", "promiseCallback", "Promises the requester a call.",
                body: .json { _ in API.callback.schema }),
            .change(
                .put, "\(path)/callbacks/current", "keepCallback", "Says that the requester was called.",
                body: .json { _ in API.keptCallback.schema }),
            .add(
                "\(path)/escalations", "escalateTicket", "Carries it up; it stays where it is.",
                body: .json { _ in API.escalation.schema }),
            .add(
                "\(path)/offers", "offerTicket", "Offers it to another team.",
                body: .json { OfferRequest.form(in: $0).schema }),
            .change(
                .put, "\(path)/offers/current", "answerOffer",
                "Accepts or declines it for the team that was offered it.",
                body: .json { _ in OfferAnswer.form.schema }),
            .add(
                "\(path)/macros", "runMacro", "Does all that a macro says, or nothing.",
                body: .json { API.macro(in: $0).schema }),
            Operation(
                .get, "/api/v1/macros", "listMacros", "The macros of the organisation.", .readTickets, .list("Macro")),
        ] + questions(path)
    }

    private static func questions(_ path: String) -> [Operation] {
        [
            Operation(
                .post, "\(path)/questions", "askQuestion", "Asks a team or a supplier without handing it over.",
                .writeTickets, body: .json { QuestionRequest.form(in: $0).schema },
                .one("Ticket", .created, fields: ["ETag", "Location"])),
            Operation(
                .get, "\(path)/questions", "listQuestions", "What was asked, each with its answer.", .readTickets,
                .list("Question")),
            .change(
                .put, "\(path)/questions/:question/answer", "answerQuestion", "Answers a question.",
                body: .json { _ in API.inquiryAnswer.schema }),
            .change(.delete, "\(path)/questions/:question", "withdrawQuestion", "Withdraws a question."),
        ]
    }

    /// How tickets belong together.
    static var ties: [Operation] {
        let path = "/api/v1/tickets/:ticket"
        let parts = Answer(status: .accepted, schema: .object(["parts": .whole]))
        return [
            .add("\(path)/links", "linkTickets", "Links it with another.", body: .json { _ in API.link.schema }),
            .change(.delete, "\(path)/links/:kind/:other", "unlinkTickets", "Ends a link, from whichever side."),
            .change(
                .put, "\(path)/parent", "joinParent", "Makes it a part of another, with which it is solved.",
                body: .json { _ in API.other("number").schema }),
            .change(.delete, "\(path)/parent", "leaveParent", "Takes it out of the other."),
            .change(
                .put, "\(path)/parent/hold", "waitForParent",
                "Puts it on hold until the major incident that it is a part of is solved."),
            Operation(
                .put, "\(path)/parts/hold", "waitWithParts",
                "Has all parts of a major incident wait with it, one after the other.", .writeTickets, parts,
                needsVersion: true),
            Operation(
                .delete, "\(path)/parts/hold", "goOnWithParts", "Has all parts go on that wait.", .writeTickets, parts,
                needsVersion: true),
            .add(
                "\(path)/merge", "mergeTickets", "Closes it as a duplicate of another, in which it goes on.",
                body: .json { _ in API.other("into").schema }),
            Operation(
                .post, "\(path)/split", "splitTicket", "Opens another ticket with some of its entries.", .writeTickets,
                body: .json { _ in API.part.schema }, .one("Ticket", .created, fields: ["ETag", "Location"])),
            .change(.put, "\(path)/major", "declareMajor", "Makes it a major incident."),
            .change(.delete, "\(path)/major", "standDown", "Stands the major incident down."),
        ]
    }

    /// What the doors tell of major incidents.
    static var announcements: [Operation] {
        let (path, own) = ("/api/v1/announcements/:announcement", "/api/v1/tickets/:ticket/announcements")
        return [
            Operation(
                .get, "/api/v1/announcements", "listAnnouncements", "What is announced at this moment.", .readTickets,
                query: [Parameter("site", "what the people of a site are told")], .list("Announcement")),
            Operation(
                .get, path, "readAnnouncement", "An announcement.", .readTickets, .one("Announcement", fields: ["ETag"])
            ),
            Operation(
                .put, path, "changeAnnouncement", "Tells of the major incident in other words.", .writeTickets,
                body: .json { _ in API.newWords.schema }, .one("Announcement", fields: ["ETag"]), needsVersion: true),
            Operation(
                .delete, path, "endAnnouncement", "Tells of the major incident no more, while it goes on.",
                .writeTickets, .one("Announcement", fields: ["ETag"]), needsVersion: true),
            Operation(
                .get, own, "listTicketAnnouncements", "All that was announced of it.", .readTickets,
                .list("Announcement")),
            Operation(
                .post, own, "announceTicket", "Makes it a major incident and announces it.", .writeTickets,
                body: .json { API.newAnnouncement(in: $0).schema },
                .one("Announcement", .created, fields: ["ETag", "Location"])),
        ]
    }
}
