import Desk
import DeskSuppliers
import Foundation
import Moments
import Runtime
import Testing

@testable import example_supplier

@Suite("The example supplier's workbook")
struct WorkbookTests {
    private let now = Moment(seconds: 1_772_442_000)
    private let exchange = UUID()

    private func event(_ kind: SupplierMessage.Kind, in exchange: UUID? = nil) -> CloudEvent<DeskMessage> {
        let facts = TicketFacts(
            subject: "", kind: .incident, category: nil, impact: .low, urgency: .low, priority: .low, site: "",
            requesterName: "", requesterEmail: "", description: nil, note: nil)
        return CloudEvent(
            id: UUID(), source: "https://desk.example", time: now, sequence: 1,
            payload: DeskMessage(
                kind: kind, exchange: exchange ?? self.exchange, ourReference: "OSL-1",
                disclosure: Disclosure(of: facts, allowing: [])))
    }

    private func hear(_ event: CloudEvent<DeskMessage>, in workbook: inout Workbook) -> Bool {
        workbook.hear(event, for: "fjordnett", at: now, work: .seconds(2))
    }

    @Test("A referral is acknowledged at once and asked about after a while; the answer brings the solution")
    func conversation() throws {
        var workbook = Workbook()
        #expect(hear(event(.referral), in: &workbook))
        #expect(workbook.outgoing.map(\.step) == ["acknowledged", "asked"])
        #expect(workbook.outgoing.map(\.due) == [now, now + .seconds(2)])
        #expect(hear(event(.answer), in: &workbook))
        #expect(hear(event(.answer), in: &workbook))
        #expect(workbook.outgoing.map(\.step) == ["acknowledged", "asked", "resolved"])
        let first = try CloudEvent<SupplierStatement>(reading: workbook.outgoing[0].body.utf8)
        #expect(first.payload == SupplierStatement(exchange: exchange, .acknowledged(reference: "FJ-1001")))
        #expect(first.id == workbook.outgoing[0].id.uuidString.lowercased())
    }

    @Test("An event that comes twice is worked on once")
    func repetition() {
        var workbook = Workbook()
        let event = event(.referral)
        #expect(hear(event, in: &workbook))
        #expect(!hear(event, in: &workbook))
        #expect(workbook.outgoing.count == 2 && workbook.exchanges.count == 1)
    }

    @Test("Events of one ticket go in order, also when one of them fails; other tickets go on")
    func order() throws {
        var workbook = Workbook()
        _ = hear(event(.referral), in: &workbook)
        let first = try #require(workbook.next())
        #expect(first.step == "acknowledged")
        workbook.postpone(first.id, until: now + .seconds(60))
        #expect(workbook.next()?.id == first.id)
        let other = UUID()
        _ = hear(event(.referral, in: other), in: &workbook)
        #expect(workbook.next()?.exchange == other)
        workbook.finish(first.id)
        workbook.outgoing.filter { $0.exchange == other }.forEach { workbook.finish($0.id) }
        #expect(workbook.next()?.step == "asked")
    }

    @Test("A withdrawal ends the work")
    func withdrawal() {
        var workbook = Workbook()
        _ = hear(event(.referral), in: &workbook)
        _ = hear(event(.withdrawal), in: &workbook)
        _ = hear(event(.answer), in: &workbook)
        #expect(workbook.next() == nil)
    }

    @Test("What was changed is there again when the program starts anew")
    func file() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let offload = Offload(width: 1)
        let event = event(.referral)
        let now = now
        let first = try await WorkbookFile(path, offload: offload)
        let isNew = try await first.change { $0.hear(event, for: "fjordnett", at: now, work: .zero) }
        let second = try await WorkbookFile(path, offload: offload)
        #expect(second.current.outgoing.map(\.id) == first.current.outgoing.map(\.id))
        let isNewAgain = try await second.change { $0.hear(event, for: "fjordnett", at: now, work: .zero) }
        #expect(isNew && !isNewAgain)
    }
}
