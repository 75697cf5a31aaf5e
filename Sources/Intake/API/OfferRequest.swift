import Desk
import DeskStore
import JSON

/// To which team a program offers a ticket.
struct OfferRequest: Sendable {
    let target: HandoverTarget
    let note: String?

    static func form(in directory: Directory) -> JSONForm<OfferRequest> {
        .object { reader in
            let target = reader.required("to", HandoverTarget.form(in: directory))
            let note = reader.optional("note", .text(length: 1...TicketRequest.longestText))
            return target.map { OfferRequest(target: $0, note: note) }
        }
    }
}

/// What a program answers to an offer in the name of the team that got it.
struct OfferAnswer: Sendable {
    let isAccepted: Bool
    let note: String?

    static var form: JSONForm<OfferAnswer> {
        .object { reader in
            let isAccepted = reader.required("accepted", .boolean)
            let note = reader.optional("note", .text(length: 1...TicketRequest.longestText))
            return isAccepted.map { OfferAnswer(isAccepted: $0, note: note) }
        }
    }
}

extension Occasion {
    /// Who answers for the ticket once the team that was offered it accepts.
    var offered: Responsibility {
        get throws {
            guard let place = ticket.undertakings.offer,
                let responsibility = directory.responsibility(of: place.team, at: place.site)
            else { throw Refusal(reason: .isNotOffered, state: ticket.state, event: .offerAccepted) }
            return responsibility
        }
    }
}
