import Desk
import Testing

@Suite("The words on the wire")
struct WordsTests {
    @Test("They are those that outsiders rely on")
    func words() {
        #expect(
            Ticket.State.allCases.map(\.rawValue) == [
                "new", "assigned", "in_progress", "waiting_requester", "waiting_supplier", "waiting_other", "resolved",
                "closed",
            ])
        #expect(
            Ticket.Outcome.allCases.map(\.rawValue) == [
                "solved", "solved_first_contact", "worked_around", "too_costly", "unrepairable", "referred",
                "withdrawn",
                "duplicate",
            ])
        #expect(Ticket.Kind.allCases.map(\.rawValue) == ["incident", "service_request", "information_request"])
        #expect(
            Channel.allCases.map(\.rawValue) == [
                "mail", "web", "api", "phone", "counter", "chat", "supplier", "import",
            ])
        #expect(Holder.Kind.allCases.map(\.rawValue) == ["team", "supplier", "requester"])
        #expect(Means.allCases.map(\.rawValue) == ["remote", "visit", "other"])
        #expect(Visibility.allCases.map(\.rawValue) == ["public", "internal"])
        #expect(Impact.allCases.map(\.rawValue) == [1, 2, 3] && Urgency.allCases.map(\.rawValue) == [1, 2, 3])
        #expect(Priority.allCases.map(\.rawValue) == [1, 2, 3, 4, 5])
    }
}
