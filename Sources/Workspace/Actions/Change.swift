import Desk
import DeskStore
import Foundation

/// A change of a ticket as a form asked for it: an event with its note, and what goes with it in the same transaction.
struct Change: Sendable {
    typealias Choice = @Sendable (Occasion) throws -> Ticket.Event

    var note: Note?
    /// The code of the team or supplier that it is done with, for the notice afterwards.
    var party = ""
    /// An article to be begun with it.
    var draft: ArticleDraft?
    /// The article whose words the note gives to the requester, or by which the ticket was solved.
    var article: UUID?
    /// What happens before the event, and after it.
    var before: [Choice] = []
    let event: Choice
    var after: [Choice] = []
    /// Whose eyes the transaction needs beside the agent's, where what comes after the event happens out of his sight.
    var sight = Sight()

    init(_ note: Note? = nil, with party: String = "", _ event: @escaping Choice) {
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
