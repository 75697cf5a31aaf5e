public import Desk
import Foundation
public import Moments
import TimeZones

extension OwedLetter {
    /// A letter of some kind about a ticket that there is not, to see how letters of a site look.
    ///
    /// - Parameter templates: the words of the site; those in force if nil.
    public static func sample(
        _ kind: Letter, at site: SiteID, templates: LetterTemplates? = nil, in directory: Directory, at now: Moment
    ) throws -> (letter: OwedLetter, reader: PersonRecord) {
        let responsibility = try directory.intake(of: site)
        let reader = PersonRecord(
            id: PersonID(1), name: "Kari Nordmann", address: "kari@customer.example", language: "en",
            personClass: "standard", homeSite: site)
        guard let number = TicketNumber(site: directory.code(of: site), sequence: 10_432) else {
            throw DeskInconsistency("the site \(directory.code(of: site)) cannot number tickets")
        }
        let supplier = directory.organisation.suppliers.first.flatMap { directory.suppliers[$0.code] }
        let ticket = Ticket(
            id: TicketID(1), number: number, origin: site, channel: .mail, requester: reader.id, language: "en",
            classification: Classification(
                kind: .incident, category: nil, impact: .medium, urgency: .medium, priority: .medium, basis: .matrix,
                tags: []),
            state: kind == .resolution ? .resolved : .assigned, outcome: kind == .resolution ? .solved : nil,
            holder: .team(responsibility.place), responsibility: responsibility, owner: responsibility.position,
            sharings: [], times: Ticket.Times(opened: now), heldSince: now, updatedAt: now, episode: 1, revision: 1)
        let mark = ClockMark(.resolution)
        let cause: Ticket.Event? =
            switch kind {
            case .deadlineNear: .deadlineNear(mark)
            case .deadlineMissed: .deadlineMissed(mark)
            case .callbackPromised: .callbackPromised(due: now)
            case .escalated: .escalated(.lead, .needsDecision)
            case .handedOver: .handedOver(responsibility, reason: "skill", note: EntryID(1))
            default: supplier.map { .supplierUnreachable($0) }
            }
        let words = EntryView(
            id: EntryID(1), uuid: UUID(), at: now, authorName: "Kari Nordmann", authorAddress: reader.address,
            author: reader.id, supplier: nil, kind: .message, visibility: .public, channel: .mail, subject: nil,
            text: "Smoke comes out of the printer on the third floor.\nPlease help.",
            folds: [], hasHTML: false, hasOriginal: false)
        let zone = directory.site(site).flatMap { try? TimeZones().zone($0.zone) }
        let letter = OwedLetter(
            id: 0, uuid: UUID(), kind: kind, record: TicketRecord(ticket: ticket, subject: "The printer is on fire"),
            conversation: UUID(), entry: words, cause: cause, other: number, due: now, opensAt: nil, zone: zone,
            writtenAt: now, recipients: [reader], outsiders: [],
            ownReports: [reader.id: OwnReport(number: number, subject: "The printer is on fire")], titles: [:],
            trouble: KnownTrouble(), mails: [:], deliveries: [:], directory: directory, ownTemplates: templates)
        return (letter, reader)
    }
}
