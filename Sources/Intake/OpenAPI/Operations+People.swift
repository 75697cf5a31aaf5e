import Desk
import DeskStore
import HTTP
import JSON

extension Operation {
    static var articles: [Operation] {
        let language = Parameter("language", "a language tag such as nb or en-GB")
        return [
            Operation(
                .get, "/api/v1/articles", "listArticles", "Published articles, the best first.", .readArticles,
                query: [.words("words that it holds"), language, .limit, .cursor], .list("Article", isPaged: true)),
            Operation(
                .get, "/api/v1/articles/:article", "readArticle", "An article with its uses.", .readArticles,
                query: [language], .one("FullArticle")),
        ]
    }

    static var people: [Operation] {
        let path = "/api/v1/people/:person"
        return [
            Operation(
                .get, "/api/v1/people", "listPeople", "People by an address, or by the beginning of a name.",
                .readPeople,
                query: [
                    Parameter("email", "an address"), .words("the beginning of a name or an address", atLeast: 2),
                    .limit,
                ], .list("Person")),
            Operation(.get, path, "readPerson", "A person.", .readPeople, .one("Person")),
            Operation(
                .patch, path, "changePerson", "Changes what is known of a person.", .writePeople,
                body: .patch { PersonPatch.form(in: $0).schema }, .one("Person")),
            Operation(
                .post, "\(path)/addresses", "addAddress", "Adds an address.", .writePeople,
                body: .json { _ in API.newAddress.schema }, .one("Person", .created)),
            Operation(
                .delete, "\(path)/addresses/:address", "removeAddress", "Takes an address away.", .writePeople,
                .one("Person")),
            Operation(
                .get, "\(path)/twins", "listTwins", "Who may be the same person.", .readPeople, .list("Person")),
            Operation(
                .post, "\(path)/merge", "mergePeople", "Makes one of two.", .writePeople,
                body: .json { _ in API.identity("into").schema }, .one("Person", .created)),
            Operation(
                .post, "\(path)/namesakes", "tellPeopleApart", "Says that two are two.", .writePeople,
                body: .json { _ in API.identity("person").schema }, .one("Person", .created)),
        ] + absences(path)
    }

    private static func absences(_ path: String) -> [Operation] {
        let position = "/api/v1/positions/:position"
        return [
            Operation(
                .get, "\(path)/absences", "listAbsences", "When somebody of the desk is not there.", .readPeople,
                .list("Absence")),
            Operation(
                .post, "\(path)/absences", "enterAbsence", "Enters an absence.", .writePeople,
                body: .json { _ in AbsenceRequest.form.schema }, .one("Absence", .created)
            ).making("absence", at: "/id"),
            Operation(
                .delete, "/api/v1/absences/:absence", "endAbsence", "Ends an absence, or withdraws it.", .writePeople,
                .nothing),
            Operation(
                .get, "\(position)/holders", "listHolders", "Who holds a position and is there.", .readPeople,
                query: [Parameter("at", "at this instant; at once if left out", .moment)], .list("Holder")),
            Operation(
                .get, "\(position)/roster", "listRoster", "The dated entries of a roster.", .readPeople,
                .list("RosterEntry")),
            Operation(
                .post, "\(position)/roster", "enterRoster", "Enters who holds a position for a time.", .writePeople,
                body: .json { _ in RosterRequest.form.schema }, .one("RosterEntry", .created)
            ).making("entry", at: "/id"),
            Operation(
                .delete, "/api/v1/roster-entries/:entry", "endRosterEntry", "Ends an entry, or withdraws it.",
                .writePeople, .nothing),
        ]
    }

    /// What `reporting-service` answers behind the same proxy.
    static var figures: [Operation] {
        ["service", "cost", "outcomes", "targets", "suppliers"].map { name in
            Operation(
                .get, "/api/v1/metrics/\(name)", "\(name)Figures",
                "Figures of \(name), by reporting-service.", .readFigures,
                query: [
                    Parameter("from", "the first day, such as 2026-03-01", .text),
                    Parameter("to", "the last day", .text),
                    Parameter(
                        "by", "what they are broken down by",
                        .word(of: ["site", "tier", "team", "supplier", "kind", "category"])),
                ], .one("Report"))
        }
    }
}
