import Desk
import DeskSuppliers
import JSON
import Moments
import Testing

@Suite("A trouble ticket of TMF621")
struct TroubleTicketTests {
    private static var ticket: TroubleTicket {
        var ticket = TroubleTicket(id: "7")
        ticket.href = "https://desk.example/tmf-api/troubleTicket/v5/troubleTicket/7"
        ticket.description = "Smoke comes out of it."
        (ticket.severity, ticket.ticketType, ticket.priority) = ("minor", "incident", "high")
        ticket.status = "pending"
        ticket.statusChangeDate = Moment(seconds: 1_772_442_000)
        ticket.statusChanges = [.init("pending", at: Moment(seconds: 1_772_442_000), because: "no key")]
        ticket.externalIdentifiers = [
            .init("F-77", owner: "fjordnett", type: "supplierReference"), .init("OSL-12", owner: "desk"),
        ]
        ticket.notes = [.init("Which floor?", id: "n1", author: "NOC", source: .seller)]
        ticket.relatedParties = [.init("p1", role: "requester", name: "Kari")]
        ticket.relatedEntities = [.init("OSL", role: "site", referredType: "Site")]
        return ticket
    }

    @Test(
        "Version 5 writes identifiers as a list, the history by its long names, and references in objects of their own")
    func version5() throws {
        let json = Self.ticket.json(.v5)
        #expect(json["externalIdentifier"]?.array?.count == 2 && json["externalId"] == nil)
        #expect(json["statusChangeHistory"]?[0]?["statusChangeDate"] == "2026-03-02T09:00:00Z")
        #expect(json["relatedParty"]?[0]?["partyOrPartyRole"]?["name"] == "Kari")
        #expect(json["relatedEntity"]?[0]?["entity"]?["@referredType"] == "Site")
        #expect(Self.objects(in: json).allSatisfy { $0["@type"] != nil })
    }

    @Test("Version 4 writes one identifier, the history by its short names, and flat references")
    func version4() throws {
        let json = Self.ticket.json(.v4)
        #expect(json["externalId"] == "F-77" && json["externalIdentifier"] == nil)
        #expect(json["statusChange"]?[0]?["changeDate"] == "2026-03-02T09:00:00Z")
        #expect(json["statusChange"]?[0]?["changeReason"] == "no key")
        #expect(json["relatedParty"]?[0]?["name"] == "Kari" && json["relatedParty"]?[0]?["partyOrPartyRole"] == nil)
        #expect(json["relatedEntity"]?[0]?["@referredType"] == "Site")
    }

    @Test(
        "What a version writes it reads again, apart from what version 4 has no place for",
        arguments: TroubleTicketVersion.allCases)
    func roundTrip(version: TroubleTicketVersion) throws {
        var expected = Self.ticket
        if version == .v4 { expected.externalIdentifiers = [.init("F-77")] }
        #expect(TroubleTicket(reading: Self.ticket.json(version)) == expected)
    }

    @Test("Anything is read as far as it can be: other dates, numbers for words, members that are no such thing")
    func lenient() throws {
        let json = try JSON.parse(
            """
            {"id": 42, "status": "In Progress", "severity": 1, "creationDate": "2026-03-02 09:00:00",
             "lastUpdate": "2026-03-02T10:00:00+0100", "resolutionDate": "soon", "note": [
             {"text": "seen", "@type": "work_notes", "date": "2026-03-02T09:00:00.5"}, {"text": ""}, 7],
             "relatedParty": {}, "unknown": []}
            """)
        let ticket = TroubleTicket(reading: json)
        #expect(ticket.id == "42" && ticket.severity == "1" && ticket.status == "In Progress")
        #expect(ticket.creationDate == Moment(seconds: 1_772_442_000) && ticket.lastUpdate == ticket.creationDate)
        #expect(ticket.resolutionDate == nil && ticket.relatedParties == [])
        #expect(ticket.notes.map(\.text) == ["seen"] && ticket.notes[0].isInternal)
        #expect(ticket.notes[0].date == Moment(microseconds: 1_772_442_000_500_000))
        #expect(TroubleTicket(reading: .null) == TroubleTicket())
    }

    @Test("A word for a state means what the agreement says, and else what the standard says, however it is spelled")
    func states() {
        let mapping = TroubleTicketMapping(states: ["Awaiting Caller": .pending, "Done": .resolved])
        #expect(mapping.status(of: "awaiting_caller") == .pending && mapping.status(of: "DONE") == .resolved)
        #expect(mapping.status(of: "in progress") == .inProgress && mapping.status(of: "canceled") == nil)
        #expect(TroubleTicketStatus(.waitingForUs) == .pending && TroubleTicketStatus(.withdrawn) == .cancelled)
        #expect(mapping.priorities[.critical] == "critical" && mapping.severities[.low] == "minor")
    }

    @Test("Refusals have the members of TMF621, and those of a body the array of MEF 124")
    func errors() throws {
        let error = TroubleTicketError(status: 404, reason: "There is none.").json
        #expect(error["code"] == "notFound" && error["reason"] == "There is none." && error["status"] == "404")
        let faults = TroubleTicketFaults([.init(.invalidValue, at: "status", "must be a state")]).json
        #expect(faults[0]?["code"] == "invalidValue" && faults[0]?["propertyPath"] == "/status")
        let form = JSONForm<Bool>.object { reader in reader.required("callback", .boolean) }
        let sent = try JSON.parse(#"{"other": 1}"#)
        do {
            _ = try sent.read(form)
        } catch {
            #expect(TroubleTicketFaults(error).list.map(\.code) == [.missingProperty, .unexpectedProperty])
        }
    }

    private static func objects(in json: JSON) -> [JSON] {
        switch json {
        case .object(let object): [json] + object.flatMap { objects(in: $0.value) }
        case .array(let array): array.flatMap(objects)
        default: []
        }
    }
}
