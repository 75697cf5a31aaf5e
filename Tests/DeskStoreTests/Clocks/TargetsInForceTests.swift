import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("Which target holds for a ticket", .database(template: TestDesk.template))
struct TargetsInForceTests {
    private let desk: TestDesk

    /// Targets for the resolution, each with one condition, and hours by which each is known again.
    private static var targets: [[String: Any]] {
        let conditions: [[String: Any]] = [
            ["name": "VIP", "requester_classes": ["vip"]], ["name": "platform", "teams": ["osl-platform"]],
            ["name": "supplier", "suppliers": ["fjordnett"]], ["name": "urgent", "priorities": [1]],
            ["name": "request", "kinds": ["service_request"]], ["name": "network", "categories": ["network"]],
            ["name": "second line", "tiers": [2]], ["name": "Amsterdam", "sites": ["AMS"]], ["name": "others"],
        ]
        return conditions.map { $0.merging(["measure": "resolution", "within": "8h", "calendar": "always"]) { $1 } }
    }

    init() async throws {
        desk = try TestDesk()
        _ = try await desk.store.apply(
            TestDesk.organisation { document in
                document["targets"] = Self.targets
                document["shifts"] = [[String: Any]]()
            }, by: "the tests")
    }

    /// What runs for a ticket of a measure.
    private func running(_ ticket: Ticket, _ measure: Measure = .resolution) async throws -> [Clock] {
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        return view.clocks.map(\.clock).filter { $0.measure == measure && !$0.isStopped }
    }

    private func name(_ ticket: Ticket) async throws -> String? { try await running(ticket).first?.target.name }

    private func accept(at site: String = "OSL", _ edit: (inout Submission) -> Void) async throws -> Ticket {
        var submission = TestDesk.submission(at: try await desk.store.directory().sites[site])
        edit(&submission)
        return try await desk.store.accept(submission).ticket
    }

    @Test("Site, kind, category with its parts and priority are known from the report on; the first target counts")
    func fromTheReport() async throws {
        let directory = try await desk.store.directory()
        let line = try #require(directory.categories["line"])
        #expect(directory.organisation.isPart("line", ofAny: ["network"]))
        #expect(try await name(accept { _ in }) == "others")
        #expect(try await name(accept(at: "AMS") { _ in }) == "Amsterdam")
        #expect(try await name(accept(at: "AMS") { $0.category = line }) == "network")
        #expect(try await name(accept { ($0.category, $0.kind) = (line, .serviceRequest) }) == "request")
        #expect(
            try await name(accept { ($0.impact, $0.urgency, $0.kind) = (.high, .high, .serviceRequest) }) == "urgent")
    }

    @Test("Tier, team and supplier are known once the ticket is there, and no longer once it has left")
    func whereItIs() async throws {
        let ticket = try await accept { _ in }
        try await desk.handOver(ticket, to: "ams-network")
        #expect(try await name(ticket) == "second line")
        try await desk.handOver(ticket, to: "osl-platform")
        #expect(try await name(ticket) == "platform")
        try await desk.handOver(ticket, to: "osl-first")
        try await desk.refer(ticket, to: "fjordnett")
        #expect(try await name(ticket) == "supplier")
        let fjordnett = try #require(await desk.store.directory().suppliers["fjordnett"])
        try await desk.record(on: ticket) { _ in .supplierReturned(fjordnett, note: nil) }
        #expect(try await name(ticket) == "others")
    }

    @Test("The class counts as it is known: whoever is marked has what his open tickets are promised from then on")
    func personClass() async throws {
        let (ticket, other) = try await (accept { _ in }, desk.accept(from: "ola@customer.example"))
        let ended = try await accept { _ in }
        try await desk.record(on: ended) { _ in .resolved(.solved, note: nil) }
        let before = try #require(await running(ticket).first)
        desk.time.advance(by: .seconds(3600))
        var marked = PersonChanges()
        marked.personClass = "vip"
        try await desk.store.change(ticket.requester, marked, by: .program)
        let after = try #require(await running(ticket).first)
        #expect(after.target.name == "VIP" && after.startedAt == before.startedAt)
        #expect(after.elapsed(at: desk.time.now) == before.elapsed(at: desk.time.now))
        #expect(try await name(other) == "others")
        #expect(try await running(ended).isEmpty)
        #expect(try await name(accept { _ in }) == "VIP")
        marked.personClass = "standard"
        try await desk.store.change(ticket.requester, marked, by: .program)
        #expect(try await name(ticket) == "others")
    }

    @Test("What the document promises of a supplier stands before the supplier's own contract")
    func contract() async throws {
        let ticket = try await accept { _ in }
        try await desk.refer(ticket, to: "fjordnett")
        let contracted = try #require(await running(ticket, .supplierResolution).first).target
        let fjordnett = try #require(await desk.store.directory().organisation.supplier("fjordnett"))
        #expect(contracted.seconds == fjordnett.contract?.resolvesWithin)
        _ = try await desk.store.apply(
            TestDesk.organisation { document in
                document["targets"] = [
                    ["name": "ours", "measure": "supplier_resolution", "suppliers": ["fjordnett"], "within": "1h"]
                ]
            }, by: "the tests")
        let other = try await accept { _ in }
        try await desk.refer(other, to: "fjordnett")
        #expect(try await running(other, .supplierResolution).map(\.target.name) == ["ours"])
        let third = try await accept { _ in }
        try await desk.refer(third, to: "printwerk")
        let organisation = try await desk.store.directory().organisation
        let printwerk = try #require(organisation.supplier("printwerk")?.contract).resolvesWithin
        #expect(try await running(third, .supplierResolution).map(\.target.seconds) == [printwerk])
    }

    @Test("Where the contract counts from the acknowledgement, the time to solve begins with that")
    func contractFromAcknowledgement() async throws {
        _ = try await desk.store.apply(
            TestDesk.organisation { document in
                let suppliers = document["suppliers"] as? [[String: Any]] ?? []
                document["suppliers"] = suppliers.map { supplier in
                    let contract = supplier["contract"] as? [String: Any] ?? [:]
                    let changed = contract.merging(["resolves_from": "acknowledgement"]) { $1 }
                    return supplier.merging(["contract": changed]) { $1 }
                }
            }, by: "the tests")
        let supplier = try #require(await desk.store.directory().suppliers["fjordnett"])
        let ticket = try await accept { _ in }
        try await desk.refer(ticket, to: "fjordnett")
        #expect(try await running(ticket, .supplierAcknowledgement).count == 1)
        #expect(try await running(ticket, .supplierResolution).isEmpty)
        desk.time.advance(by: .seconds(1800))
        let said = try await desk.record(on: ticket, by: .supplier(supplier)) { _ in
            .supplierAcknowledged(supplier, reference: "FN-1")
        }
        let clock = try #require(await running(ticket, .supplierResolution).first)
        #expect(clock.startedAt == said.updatedAt)
        #expect(try await running(ticket, .supplierAcknowledgement).isEmpty)
    }

    @Test("By the requester's site means his home site, and the receiving site only for those who have none")
    func requestersSite() async throws {
        try await promiseByHome()
        let directory = try await desk.store.directory()
        let stranger = try await accept { _ in }
        let singapore = try #require(directory.sites["SIN"])
        let traveller = try await desk.accept(from: "ola@customer.example")
        try await TestDatabase.current.run("update person set home_site = null where id = \(stranger.requester)")
        try await TestDatabase.current.run(
            "update person set home_site = \(singapore) where id = \(traveller.requester)")
        func calendar(_ ticket: Ticket) async throws -> String? {
            try await desk.record(on: ticket) { _ in .putOnHold(until: nil, note: nil) }
            try await desk.record(on: ticket) { _ in .resumed }
            return try await self.calendar(of: ticket)
        }
        #expect(try await calendar(stranger) == directory.organisation.site("OSL")?.calendar)
        #expect(try await calendar(traveller) == directory.organisation.site("SIN")?.calendar)
    }

    @Test("Whoever moves, or turns out to be somebody at home elsewhere, has the hours of that home from then on")
    func movedHome() async throws {
        try await promiseByHome()
        let directory = try await desk.store.directory()
        let (ticket, other) = try await (accept { _ in }, desk.accept(from: "ola@customer.example"))
        var moved = PersonChanges()
        moved.homeSite = directory.sites["SIN"]
        desk.time.advance(by: .seconds(3600))
        try await desk.store.change(ticket.requester, moved, by: .program)
        #expect(try await calendar(of: ticket) == directory.organisation.site("SIN")?.calendar)
        #expect(try await calendar(of: other) == directory.organisation.site("OSL")?.calendar)
        desk.time.advance(by: .seconds(3600))
        try await desk.store.merge(other.requester, into: ticket.requester, by: .program)
        #expect(try await calendar(of: other) == directory.organisation.site("SIN")?.calendar)
    }

    /// One promise, by the hours of where the requester is at home.
    private func promiseByHome() async throws {
        _ = try await desk.store.apply(
            TestDesk.organisation { document in
                document["targets"] = [
                    ["name": "his", "measure": "resolution", "within": "8h", "calendar": "requester"]
                ]
            }, by: "the tests")
    }

    /// By whose hours the clock of a ticket runs.
    private func calendar(of ticket: Ticket) async throws -> String? {
        let clock = try #require(await running(ticket).first)
        return try await TestDatabase.current.first(
            "select calendar from calendar_version where id = \(clock.calendar.id)", as: String.self)
    }
}
