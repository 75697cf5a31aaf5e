import Desk
import Foundation
import Moments
import Postgres

/// A major incident while it is announced, with the ticket behind it.
struct OpenDisturbance: Sendable {
    var announcement: Announcement
    let ticket: TicketID
    /// Whose eyes see that ticket, where a door does not.
    let requester: PersonID
    let category: CategoryID?

    /// How surely a report is about it.
    ///
    /// - Parameter home: the home site of whoever reports.
    func likeness(to report: TicketRecord, _ text: String, home: SiteID?, in directory: Directory)
        -> Disturbance.Likeness
    {
        if let site = announcement.site, site != report.ticket.origin, site != home { return .none }
        let disturbance = Disturbance(
            category: category.map { directory.categories.code(of: $0) },
            titles: announcement.words.values.map(\.title))
        let classification = report.ticket.classification
        return disturbance.likeness(
            to: report.subject + "\n" + text,
            category: classification.category.map { directory.categories.code(of: $0) }, kind: classification.kind,
            in: directory.organisation)
    }
}

extension OpenDisturbance {
    typealias Row = (UUID, TicketID, PersonID, CategoryID?, SiteID?, Moment, String, String, String)

    /// Asks for what is announced at this moment, seen or not.
    static func asked(in batch: inout Batch) -> Pending<[OpenDisturbance]> {
        batch.all(query, as: Row.self).map(grouped)
    }

    static let query: SQL =
        "select uuid, ticket, requester, category, site, since, language, title, words from open_disturbances()"

    /// One for each announcement; of its languages each is a row.
    @Sendable static func grouped(_ rows: [Row]) -> [OpenDisturbance] {
        var found: [OpenDisturbance] = []
        for (identity, ticket, requester, category, site, since, language, title, text) in rows {
            let words = Announcement.Words(title: title, text: text)
            if found.last?.announcement.identity == identity {
                found[found.count - 1].announcement.words[language] = words
            } else {
                let announcement = Announcement(
                    identity: identity, site: site, since: since, words: [language: words])
                found.append(
                    OpenDisturbance(
                        announcement: announcement, ticket: ticket, requester: requester, category: category))
            }
        }
        return found
    }
}

extension Transaction {
    /// What is announced at this moment, seen or not.
    borrowing func openDisturbances() async throws -> [OpenDisturbance] {
        OpenDisturbance.grouped(try await all(OpenDisturbance.query, as: OpenDisturbance.Row.self))
    }

    /// The disturbances that a report may be about, the likeliest first; none for one that ended, or that only a
    /// confidential team sees, or that is a part of something already.
    borrowing func disturbances(
        fitting report: TicketRecord, in directory: Directory
    ) async throws -> [(disturbance: OpenDisturbance, likeness: Disturbance.Likeness)] {
        guard report.mayBeDisturbed else { return [] }
        var batch = Batch()
        let questions = TroubleQuestions(of: "\(report.ticket.id)", in: &batch)
        return try await questions.fitting(report, ask(batch), in: directory)
    }
}

extension TicketRecord {
    /// Whether it may be about something that is announced.
    fileprivate var mayBeDisturbed: Bool {
        ticket.ties.parent == nil && !ticket.ties.isMajor && !ticket.responsibility.isConfidential
            && ticket.state != .resolved && ticket.state != .closed
    }
}

extension [OpenDisturbance] {
    /// Those that a report may be about, the likeliest first.
    ///
    /// - Parameter home: the home site of whoever reports.
    fileprivate func fitting(
        _ report: TicketRecord, saying text: String, home: SiteID?, in directory: Directory
    ) -> [(disturbance: OpenDisturbance, likeness: Disturbance.Likeness)] {
        guard report.mayBeDisturbed else { return [] }
        return filter { $0.ticket != report.ticket.id }
            .map { ($0, $0.likeness(to: report, text, home: home, in: directory)) }
            .filter { $0.1 > .none }.sorted { $0.1 > $1.1 }
    }
}

extension KnownTrouble {
    /// What a report has to do with what is announced that is no part of anything yet.
    init(
        around report: TicketRecord, saying text: String, home: SiteID?, among open: [OpenDisturbance],
        in directory: Directory
    ) {
        mentioned = open.fitting(report, saying: text, home: home, in: directory).map(\.disturbance.announcement)
    }
}

/// What is asked to know what a ticket has to do with what is announced.
struct TroubleQuestions: Sendable {
    private let open: Pending<[OpenDisturbance]>
    private let said: Pending<(String, SiteID?)?>

    /// - Parameter ticket: its key, or a subquery that gives it.
    init(of ticket: SQL, in batch: inout Batch) {
        open = OpenDisturbance.asked(in: &batch)
        said = batch.first(
            """
            select e.text, (select p.home_site from ticket t join person p on p.id = t.requester where t.id = e.ticket)
            from entry e where e.ticket = \(ticket) order by e.id limit 1
            """, as: (String, SiteID?).self)
    }

    /// What it may be about, the likeliest first.
    func fitting(
        _ report: TicketRecord, _ answers: BatchAnswers, in directory: Directory
    ) throws -> [(disturbance: OpenDisturbance, likeness: Disturbance.Likeness)] {
        let (text, home) = try answers[said] ?? ("", nil)
        return try answers[open].fitting(report, saying: text, home: home, in: directory)
    }

    /// What its requester is told.
    func trouble(of report: TicketRecord, _ answers: BatchAnswers, in directory: Directory) throws -> KnownTrouble {
        var trouble = KnownTrouble()
        if let parent = report.ticket.ties.parent {
            trouble.joined = try answers[open].first { $0.ticket == parent }?.announcement
        } else {
            trouble.mentioned = try fitting(report, answers, in: directory).map(\.disturbance.announcement)
        }
        return trouble
    }
}
