import Desk
import JSON
import Moments
import Postgres

/// What was changed about a person, as the record of changes names it.
enum PersonEventKind: String, PostgresValue {
    case changed
    case addressAdded = "address_added"
    case addressRemoved = "address_removed"
    case primaryAddressChosen = "primary_address_chosen"
    case merged
    case absorbed
    case toldApart = "told_apart"
    case absenceEntered = "absence_entered"
    case absenceEnded = "absence_ended"
    case rostered
    case rosterEntryRemoved = "roster_entry_removed"
}

extension Transaction {
    /// Writes down what was changed about a person. A supplier changes nobody.
    borrowing func note(
        _ kind: PersonEventKind, about person: PersonID, _ data: JSON, by actor: Ticket.Actor, at now: Moment
    ) {
        later(
            """
            insert into person_event (person, at, kind, actor_kind, actor, data)
            values (\(person), \(now), \(kind), \(actor.kind), \(actor.identifier), \(data.text))
            """)
    }
}
