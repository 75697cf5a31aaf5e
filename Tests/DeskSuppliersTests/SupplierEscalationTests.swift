import Catalogue
import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("Escalation at a supplier, in its own form")
struct SupplierEscalationTests {
    private static let mark = ContractMark(.supplierResolution, percent: 150)

    private func event(_ escalation: SupplierEscalation, urgency: Urgency = .medium) -> CloudEvent<DeskMessage> {
        let facts = TicketFacts(
            subject: "The line is down", kind: .incident, category: nil, impact: .medium, urgency: urgency,
            priority: .high, site: "OSL", requesterName: "", requesterEmail: "", description: nil, note: nil)
        return CloudEvent(
            id: UUID(), source: "https://desk.example", time: Moment(seconds: 1_772_442_000), sequence: 3,
            payload: DeskMessage(
                kind: .escalation, exchange: UUID(), ourReference: "OSL-1",
                disclosure: Disclosure(of: facts, allowing: [.impact, .urgency]), escalation: escalation))
    }

    @Test(
        "The words are those of the contract, or else the desk's in the supplier's language",
        arguments: Language.allCases)
    func words(_ language: Language) {
        let step = Supplier.Contract.Step(percent: 150, text: "Call the manager.")
        #expect(SupplierEscalation(Self.mark, in: step, Wording(language)).text == "Call the manager.")
        let usual = SupplierEscalation(Self.mark, in: nil, Wording(language)).text
        #expect(usual.contains("150") && usual.contains(Wording(language)(.measure, "supplier_resolution")))
    }

    @Test("An event holds the target, how much of it is used up, and the words, and is read as it was written")
    func event() throws {
        let event = event(SupplierEscalation(Self.mark, text: "It is over."))
        let json = try JSON.parse(event.text)
        #expect(json["type"]?.string == "com.meridian.ticket.escalated.v1")
        let escalation = try #require(json["data"]?["escalation"])
        #expect(escalation["target"]?.string == "supplier_resolution" && escalation["percent"]?.integer == 150)
        #expect(escalation["text"]?.string == "It is over.")
        #expect(try CloudEvent<DeskMessage>(reading: event.text.utf8).payload == event.payload)
    }

    @Test("Where a message is a text it is a note of its own; ServiceNow's urgency is raised with it")
    func notes() throws {
        let event = event(SupplierEscalation(Self.mark, text: "It is over."), urgency: .high)
        let terms = Supplier.Jira(url: "https://a.example", email: "a@b.example", token: "t", project: "P")
        #expect(JiraOrder(event, to: terms, in: Supplier.Mapping()).remark?.text == "It is over.")
        #expect(TroubleTicketOrder(event).note?.text == "It is over.")
        let mail = SupplierMail(event, in: .dutch)
        #expect(mail.subject == Wording(.dutch)(.supplierMailEscalationSubject, ["number": "OSL-1"]))
        #expect(mail.block.contains("Type: escalation\n"))
        #expect(mail.block.hasSuffix("Target: supplier_resolution\nPercent: 150\nEscalation: It is over."))
        let theirs = try #require(
            ServiceNowTicket(reading: [
                "sys_id": "a1", "number": "INC1", "state": "2", "active": "true", "impact": "2", "urgency": "2",
            ]))
        let step = ServiceNowOrder(event, for: .example).step(on: theirs, isWritten: false)
        #expect(
            step == .patch(JSONObject([("work_notes", "It is over.\n\n[OSL-1/3]"), ("urgency", "1")])))
    }
}
