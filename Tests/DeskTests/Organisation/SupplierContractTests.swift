import Desk
import Foundation
import JSON
import Testing

@Suite("What is agreed with suppliers")
struct SupplierContractTests {
    /// The example with other members at its supplier Fjordnett.
    private func organisation(_ members: String) throws -> Organisation {
        guard case .object(var document) = try ExampleOrganisation.document(),
            case .array(let suppliers)? = document["suppliers"], case .object(let changes) = try JSON.parse(members)
        else { throw JSONFaults() }
        document["suppliers"] = .array(
            suppliers.map { supplier in
                guard case .object(var supplier) = supplier, supplier["code"] == "fjordnett" else { return supplier }
                for member in changes { supplier[member.name] = member.value }
                return .object(supplier)
            })
        return try ExampleOrganisation.read(.object(document))
    }

    private func supplier(_ members: String) throws -> Supplier {
        try #require(try organisation(members).suppliers.first { $0.code == "fjordnett" })
    }

    @Test("A contract says how far up it is carried on either side, and is written as it was read")
    func contract() throws {
        let members = """
            {"preview": "never", "contract": {"acknowledges_within": "1h", "resolves_within": "8h",
              "escalate": [{"percent": 100, "to": "lead"}],
              "escalate_there": [{"percent": 75}, {"percent": 150, "text": "It is over.", "urgency": 1}]}}
            """
        let supplier = try supplier(members)
        #expect(supplier.preview == .never)
        let contract = try #require(supplier.contract)
        #expect(contract.escalations == [EscalationStep(percent: 100, level: .lead)])
        #expect(contract.steps.map(\.percent) == [75, 150])
        #expect(contract.step(at: 150) == .init(percent: 150, text: "It is over.", urgency: .high))
        #expect(contract.step(at: 100) == nil)
        let target = try #require(supplier.target(of: .supplierResolution))
        #expect(target.escalations == contract.escalations && target.seconds == 8 * 3600)
        let written = try organisation(members)
        #expect(try ExampleOrganisation.read(written.json) == written)
        #expect(supplier.hears(.escalation(ContractMark(.supplierResolution, percent: 75))))
        #expect(!supplier.hears(.escalation(ContractMark(.supplierResolution, percent: 100))))
    }

    @Test("Its time to solve begins when the contract says")
    func start() throws {
        let members = """
            {"sites": ["AMS"],
             "contract": {"acknowledges_within": "1h", "resolves_within": "8h", "resolves_from": "acknowledgement"}}
            """
        let supplier = try supplier(members)
        #expect(supplier.target(of: .supplierResolution, isAcknowledged: false) == nil)
        #expect(supplier.target(of: .supplierResolution)?.seconds == 28_800)
        #expect(supplier.target(of: .supplierAcknowledgement, isAcknowledged: false)?.seconds == 3600)
        let usual = try self.supplier("{}")
        #expect(usual.target(of: .supplierResolution, isAcknowledged: false) != nil)
        let written = try organisation(members)
        #expect(try ExampleOrganisation.read(written.json) == written)
    }

    @Test("A supplier is for the tickets of its sites, or of all where it names none")
    func sites() throws {
        let organisation = try organisation(#"{"sites": ["AMS", "SIN"]}"#)
        func codes(_ site: String?) -> [String] { organisation.suppliers(for: "network", at: site).map(\.code) }
        #expect(codes("AMS") == ["fjordnett"] && codes("OSL") == [] && codes(nil) == ["fjordnett"])
        #expect(organisation.suppliers(for: "printing", at: "OSL").map(\.code) == ["printwerk"])
        #expect(throws: JSONFaults.self) { try self.organisation(#"{"sites": ["nowhere"]}"#) }
    }

    @Test("Where nothing is said it is shown before it leaves, and nobody is told of a contract that is not kept")
    func usual() throws {
        let supplier = try supplier("{}")
        #expect(supplier.preview == .always)
        #expect(supplier.contract?.escalations.isEmpty == true && supplier.contract?.steps.isEmpty == true)
    }

    @Test(
        "Steps that go down, an address where no mail is read, and words that nobody knows are refused",
        arguments: [
            (#"{"preview": "sometimes"}"#, "preview"),
            (
                #"{"contract": {"acknowledges_within": "1h", "resolves_within": "8h","#
                    + #""escalate_there": [{"percent": 100}, {"percent": 75}]}}"#, "escalate_there"
            ),
            (
                #"{"contract": {"acknowledges_within": "1h", "resolves_within": "8h","#
                    + #""escalate_there": [{"percent": 100, "address": "a@b.example"}]}}"#, "contract"
            ),
        ])
    func refused(members: String, place: String) {
        let error = #expect(throws: JSONFaults.self) { try organisation(members) }
        #expect(error?.description.contains(place) == true)
    }
}
