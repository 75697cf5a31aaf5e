import Desk
import DeskStore

/// A change of a ticket as a form asked for it.
struct Change: Sendable {
    var note: Note?
    /// The code of the team or supplier that it is done with, for the notice afterwards.
    var party = ""
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
