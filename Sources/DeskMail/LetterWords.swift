import Catalogue
import Desk
import DeskStore
import Moments
import TimeZones

/// The words of one letter in one language.
struct LetterWords {
    let letter: OwedLetter
    /// Who reads it.
    let person: PersonID
    let wording: Wording

    var subject: String {
        template?.subject.flatMap(fill) ?? phrases.map { say($0.subject) } ?? name.subject
    }

    var body: String { template?.opening.flatMap(fill) ?? phrases.map { say($0.opening) } ?? "" }

    /// The site's own words. Those for who reported a solved matter too say nothing of what was announced.
    private var template: LetterTemplate? {
        if letter.kind == .followedSolved, letter.ownReports[person] == nil { return nil }
        return letter.templates[letter.kind, wording.language.tag]
    }

    private func fill(_ text: String) -> String? {
        let values = values
        return LetterTemplate.fill(text) { name in values.first { $0.key == name }?.value.text(wording) ?? "" }
    }

    private var phrases: (subject: Catalogue.Phrase, opening: Catalogue.Phrase)? {
        if letter.kind == .followedSolved, letter.ownReports[person] == nil {
            return (.letterDisturbanceOverSubject, .letterDisturbanceOver)
        }
        return Catalogue.Phrase.letter(letter.kind.rawValue)
    }

    /// Every phrase of a letter takes from the same values; a phrase leaves out what it does not name.
    private func say(_ phrase: Catalogue.Phrase) -> String {
        wording(phrase, values)
    }

    private var values: KeyValuePairs<String, any WordingValue> {
        let ticket = letter.record.ticket
        let directory = letter.directory
        return [
            "number": name.number, "subject": name.subject,
            "who": letter.entry?.authorName ?? directory.organisation.name,
            "supplier": (supplier ?? ticket.suppliers.last).flatMap { directory.supplier($0)?.name } ?? "",
            "team": directory.team(ticket.responsibility.place.team)?.name ?? "",
            "priority": wording(.priority, ticket.classification.priority.rawValue),
            "reason": reason, "measure": measure, "time": time, "other": letter.other?.description ?? "",
        ]
    }

    /// What the desk knows already of the reported trouble; a report may join what is announced by the page of its
    /// ticket.
    var trouble: [LetterPart] {
        func say(_ phrase: Catalogue.Phrase, _ announcement: Announcement) -> [LetterPart] {
            announcement.words(in: wording.language.tag).map { words in
                [.sentence(wording(phrase, ["title": words.title])), .words(words.text)]
            } ?? []
        }
        if let joined = letter.trouble.joined { return say(.mailPartOfDisturbance, joined) }
        return letter.trouble.mentioned.prefix(3).flatMap { say(.mailKnownDisturbance, $0) }
    }

    /// By when a resolved ticket is closed if nobody says anything; nil where a person closes it.
    var closing: String? {
        guard let days = letter.directory.organisation.process.closesAfterDays, let zone = letter.zone else {
            return nil
        }
        let end = letter.writtenAt + .seconds(days * 86_400)
        return wording(.mailClosesOn, ["time": wording.date(end, in: zone)])
    }

    /// By what the reader knows the matter. Who follows the ticket of another learns neither its number nor its
    /// subject: he knows what he reported himself, or what was announced. Who does not see the ticket learns its number
    /// alone.
    var name: (number: String, subject: String) {
        if letter.outsiders.contains(person) {
            return (letter.record.ticket.number.description, wording(.matterConfidential))
        }
        guard letter.kind == .followedSolved else {
            return (letter.record.ticket.number.description, letter.record.subject)
        }
        if let own = letter.ownReports[person] { return (own.number.description, own.subject) }
        let titles = letter.titles
        let title = titles.language(for: wording.language.tag).flatMap { titles[$0] }
        return ("", title ?? wording(.disturbanceUnnamed))
    }

    private var supplier: SupplierID? {
        switch letter.cause {
        case .referred(let id, _), .supplierAcknowledged(let id, _), .supplierNoted(let id, _),
            .supplierAsked(let id, _),
            .supplierAnswered(let id, _), .supplierReturned(let id, _), .supplierResolved(let id, _),
            .recalled(let id, _), .supplierUnreachable(let id), .supplierEscalated(let id, _):
            id
        default: nil
        }
    }

    private var reason: String {
        switch letter.cause {
        case .handedOver(_, let reason, _): wording(.reason, reason)
        case .escalated(_, let reason, _): wording(.escalationReason, reason.rawValue)
        default: ""
        }
    }

    private var measure: String {
        switch letter.cause {
        case .deadlineNear(let mark), .deadlineMissed(let mark): wording(.measure, mark.measure.rawValue)
        default: ""
        }
    }

    /// When the requester can expect an answer, and whether the desk is closed until then; nil where nothing is
    /// promised.
    var expectation: String? {
        guard let zone = letter.zone else { return nil }
        func say(_ phrase: Catalogue.Phrase, _ moment: Moment?) -> String? {
            moment.map { wording(phrase, ["time": wording.dateAndTime($0, in: zone)]) }
        }
        let isAnswered = letter.record.ticket.times.firstResponse != nil
        let sentences = [
            say(.expectOpens, letter.opensAt), isAnswered ? nil : say(.portalSentExpect, letter.due),
        ]
        let told = sentences.compactMap(\.self)
        return told.isEmpty ? nil : told.joined(separator: " ")
    }

    private var time: String {
        var due = letter.due
        if case .callbackPromised(let promised) = letter.cause { due = promised }
        guard let due, let zone = letter.zone else { return "" }
        return wording.dateAndTime(due, in: zone)
    }
}
