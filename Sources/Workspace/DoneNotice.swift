import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// What was just done, told on the page that follows. It travels in the address as codes, never as words.
struct DoneNotice {
    let action: TicketAction
    let number: String
    /// The code of the team or the supplier that it was done with.
    let party: String

    init(_ action: TicketAction, number: String, party: String) {
        (self.action, self.number, self.party) = (action, number, party)
    }

    init?(_ query: Query) {
        guard let action = query["done"].flatMap(TicketAction.init),
            let number = query["ticket"].flatMap({ TicketNumber($0) })
        else { return nil }
        self.init(action, number: number.description, party: query["with"] ?? "")
    }

    func link(_ place: Link) -> Link {
        place.adding(query: ["done": action.rawValue, "ticket": number, "with": party.isEmpty ? nil : party])
    }

    func html(_ wording: Wording, _ directory: Directory) -> HTML {
        let organisation = directory.organisation
        let text = wording(
            phrase,
            [
                "number": number, "team": organisation.team(party)?.name ?? "",
                "supplier": organisation.supplier(party)?.name ?? "",
            ])
        return "<p class=\"notice notice-good\" role=\"status\">\(text)</p>"
    }

    private var phrase: Catalogue.Phrase {
        switch action {
        case .work, .assignment: .doneTaken
        case .replies, .questions: .doneReplied
        case .notes: .doneNoted
        case .classification: .doneClassified
        case .routing: .doneRerouted
        case .handovers: .doneHandedOver
        case .referrals: .doneReferred
        case .answers: .doneAnswered
        case .recalls: .doneRecalled
        case .acceptance: .doneTakenOver
        case .shortcomings: .doneGivenBack
        case .inquiries: .doneInquired
        case .callbacks: .donePromised
        case .escalations: .doneEscalated
        case .colleague, .refusal, .sufficiency, .means, .calls, .inquiryAnswers, .inquiryWithdrawals, .owner, .release:
            .doneRecorded
        case .hold: .doneHeld
        case .resumption: .doneResumed
        case .resolution: .doneResolved
        case .reopenings: .doneReopened
        case .closure: .doneClosed
        }
    }
}
