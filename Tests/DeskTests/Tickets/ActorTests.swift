import Desk
import Testing

@Suite("Actors")
struct ActorTests {
    @Test(
        "An actor is kept in two columns",
        arguments: [
            .person(PersonID(1)), .supplier(SupplierID(2)), .program, .token(AccessTokenID(3)),
        ] as [Ticket.Actor])
    func roundTrip(actor: Ticket.Actor) {
        #expect(Ticket.Actor(kind: actor.kind, identifier: actor.identifier) == actor)
    }

    @Test("Columns that do not belong together are no actor")
    func refuses() {
        #expect(Ticket.Actor(kind: .program, identifier: 1) == nil)
        #expect(Ticket.Actor(kind: .person, identifier: nil) == nil)
    }
}
