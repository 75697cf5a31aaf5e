import DeskSuppliers
import JSON
import Moments
import Testing

@Suite("Events of TMF621")
struct TroubleTicketEventTests {
    private static let event: TroubleTicketEvent = {
        var ticket = TroubleTicket(id: "7")
        ticket.status = "resolved"
        return TroubleTicketEvent(id: "e1", .resolved, at: Moment(seconds: 1_772_442_000), ticket: ticket)
    }()

    @Test("Each version writes its envelope, and both are read", arguments: TroubleTicketVersion.allCases)
    func envelope(version: TroubleTicketVersion) throws {
        let json = Self.event.json(version, from: "https://desk.example")
        #expect(json["eventType"] == "TroubleTicketResolvedEvent" && json["eventId"] == "e1")
        #expect(json[version == .v4 ? "timeOcurred" : "timeOccurred"] == "2026-03-02T09:00:00Z")
        #expect(json["event"]?["troubleTicket"]?["status"] == "resolved")
        #expect(try TroubleTicketEvent(reading: json) == Self.event)
        #expect(Self.event.kind.listenerPath == "/listener/troubleTicketResolvedEvent")
    }

    @Test("An event with no more than the id of the ticket is read, and one without is not")
    func bare() throws {
        let bare = try JSON.parse(
            #"{"eventType": "troubleTicketStatusChangeEvent", "eventId": "e2", "event": {"id": "7"}}"#)
        let event = try TroubleTicketEvent(reading: bare)
        #expect(event.kind == .statusChanged && event.ticket.id == "7" && event.time == nil)
        for text in [
            #"{"eventType": "TroubleTicketStatusChangeEvent", "event": {}}"#, #"{"event": {"id": "7"}}"#, "[]",
        ] {
            #expect(throws: UnreadableEvent.self) { _ = try TroubleTicketEvent(reading: JSON.parse(text)) }
        }
    }

    @Test("A listener names the kinds that it wants in either form, all without a query, and nothing else")
    func query() throws {
        let both = "eventType=TroubleTicketResolvedEvent,troubleTicketStatusChangeEvent"
        #expect(try HubQuery(both).kinds == [.resolved, .statusChanged])
        let apart = "eventType=TroubleTicketResolvedEvent&eventType=TroubleTicketStatusChangeEvent"
        #expect(try HubQuery(apart).kinds == HubQuery(both).kinds)
        #expect(try HubQuery("").kinds == nil && HubQuery("").wants(.created))
        #expect(try !HubQuery(both).wants(.created))
        for text in ["eventType=Nothing", "severity=minor", "eventType"] {
            #expect(throws: TroubleTicketError.self) { _ = try HubQuery(text) }
        }
    }
}
