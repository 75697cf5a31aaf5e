import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import TallyTestSupport
import Testing
import TimeZones

@Suite("Escalation reaches the supplier", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct EscalationDeliveryTests {
    @Test("It comes behind what was told before, in the words of the contract, with the urgency that was agreed")
    func arrives() async throws {
        let time = ManualTime(TestDesk.monday)
        let system = try SupplierSystem(time: time) { _ in Response(.accepted) }
        try await system.run {
            let shared = try await SharedDesk(port: system.port)
            try await shared.setSecrets()
            try await agree(on: shared)
            let ticket = try await shared.referred()
            let supplier = try shared.supplier()
            let mark = ContractMark(.supplierResolution, percent: 150)
            try await shared.record(on: ticket) { _ in .supplierEscalated(supplier, mark) }
            // Nobody has agreed to this one.
            let other = ContractMark(.supplierResolution, percent: 200)
            try await shared.record(on: ticket) { _ in .supplierEscalated(supplier, other) }
            time.advance(to: shared.time.now)
            try await shared.workThrough()
            let told = try system.heard.elements.map { try $0.event().payload }
            #expect(told.map(\.kind) == [.referral, .escalation])
            #expect(told.last?.escalation == SupplierEscalation(mark, text: "Call the manager."))
            #expect(told.map { $0.disclosure[.urgency]?.integer } == [2, 1])
            await shared.worker.store.database.close()
        }
    }

    /// A step at one and a half times the time of the contract.
    private func agree(on shared: SharedDesk) async throws {
        try await shared.allow(["urgency"], for: "fjordnett")
        var document = try #require(await shared.store.organisation()?.json.object)
        let contract = try JSON.parse(
            """
            {"acknowledges_within": "1h", "resolves_within": "8h",
              "escalate_there": [{"percent": 150, "text": "Call the manager.", "urgency": 1}]}
            """)
        document["suppliers"] = .array(
            try #require(document["suppliers"]?.array).map { json in
                guard var supplier = json.object, supplier["code"]?.string == "fjordnett" else { return json }
                supplier["contract"] = contract
                return JSON.object(supplier)
            })
        let organisation = try Organisation(json: .object(document)) { try TestDesk.zones.zone($0) }
        _ = try await shared.store.apply(organisation, by: "the tests")
    }
}
