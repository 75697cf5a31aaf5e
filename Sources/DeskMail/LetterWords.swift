import Catalogue
import Desk
import DeskStore
import Moments
import TimeZones

/// The words of one letter in one language.
struct LetterWords {
    let letter: OwedLetter
    let wording: Wording

    var subject: String {
        switch letter.kind {
        case .acknowledgement: say(.letterAcknowledgementSubject)
        case .message: say(.letterMessageSubject)
        case .question: say(.letterQuestionSubject)
        case .supplierQuestion: say(.letterSupplierQuestionSubject)
        case .resolution: say(.letterResolutionSubject)
        case .assigned: say(.letterAssignedSubject)
        case .handedOver: say(.letterHandedOverSubject)
        case .requesterReplied: say(.letterRequesterRepliedSubject)
        case .supplierAsked: say(.letterSupplierAskedSubject)
        case .supplierNoted: say(.letterSupplierNotedSubject)
        case .supplierReturned: say(.letterSupplierReturnedSubject)
        case .supplierResolved: say(.letterSupplierResolvedSubject)
        case .supplierUnreachable: say(.letterSupplierUnreachableSubject)
        case .reopened: say(.letterReopenedSubject)
        case .deadlineNear: say(.letterDeadlineNearSubject)
        case .deadlineMissed: say(.letterDeadlineMissedSubject)
        }
    }

    var body: String {
        switch letter.kind {
        case .acknowledgement: say(.letterAcknowledgement)
        case .message: say(.letterMessage)
        case .question: say(.letterQuestion)
        case .supplierQuestion: say(.letterSupplierQuestion)
        case .resolution: say(.letterResolution)
        case .assigned: say(.letterAssigned)
        case .handedOver: say(.letterHandedOver)
        case .requesterReplied: say(.letterRequesterReplied)
        case .supplierAsked: say(.letterSupplierAsked)
        case .supplierNoted: say(.letterSupplierNoted)
        case .supplierReturned: say(.letterSupplierReturned)
        case .supplierResolved: say(.letterSupplierResolved)
        case .supplierUnreachable: say(.letterSupplierUnreachable)
        case .reopened: say(.letterReopened)
        case .deadlineNear: say(.letterDeadlineNear)
        case .deadlineMissed: say(.letterDeadlineMissed)
        }
    }

    /// Every phrase of a letter takes from the same values; a phrase leaves out what it does not name.
    private func say(_ phrase: Catalogue.Phrase) -> String {
        let ticket = letter.record.ticket
        let directory = letter.directory
        return wording(
            phrase,
            [
                "number": ticket.number.description, "subject": letter.record.subject,
                "who": letter.entry?.authorName ?? directory.organisation.name,
                "supplier": (supplier ?? ticket.suppliers.last).flatMap { directory.supplier($0)?.name } ?? "",
                "team": directory.team(ticket.responsibility.place.team)?.name ?? "",
                "priority": wording(.priority, ticket.classification.priority.rawValue),
                "reason": reason, "measure": measure, "time": time,
            ])
    }

    private var supplier: SupplierID? {
        switch letter.cause {
        case .referred(let id, _), .supplierAcknowledged(let id, _), .supplierNoted(let id, _),
            .supplierAsked(let id, _),
            .supplierAnswered(let id, _), .supplierReturned(let id, _), .supplierResolved(let id, _),
            .recalled(let id, _), .supplierUnreachable(let id):
            id
        default: nil
        }
    }

    private var reason: String {
        if case .handedOver(_, let reason, _) = letter.cause { reason } else { "" }
    }

    private var measure: String {
        switch letter.cause {
        case .deadlineNear(let measure), .deadlineMissed(let measure): wording(.measure, measure.rawValue)
        default: ""
        }
    }

    private var time: String {
        guard let due = letter.due, let zone = letter.zone else { return "" }
        return wording.dateAndTime(due, in: zone)
    }
}
