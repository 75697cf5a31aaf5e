import Desk
import DeskStore
import Foundation

/// A change of a ticket as a form asked for it.
struct Change: Sendable {
    var note: Note?
    /// The code of the team or supplier that it is done with, for the notice afterwards.
    var party = ""
    /// An article to be begun with it.
    var draft: ArticleDraft?
    /// The article whose words the note gives to the requester, or by which the ticket was solved.
    var article: UUID?
    let event: @Sendable (Occasion) throws -> Ticket.Event

    init(_ note: Note? = nil, with party: String = "", _ event: @escaping @Sendable (Occasion) throws -> Ticket.Event) {
        (self.note, self.party, self.event) = (note, party, event)
    }
}

extension Occasion {
    /// The key of the note that a change always writes.
    func written() throws -> EntryID {
        guard let entry else { throw NoSuchTicket(number: ticket.number.description) }
        return entry
    }
}
