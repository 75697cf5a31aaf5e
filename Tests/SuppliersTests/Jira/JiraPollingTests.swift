import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import HTTP
import JiraTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("What is new in a supplier's Jira", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct JiraPollingTests {
    typealias Site = JiraSite

    @Test(
        "What its people do is found by asking, each thing under one name however often it is asked",
        arguments: [true, false])
    func news(isCloud: Bool) async throws {
        var traits = Site.Traits()
        (traits.isCloud, traits.page) = (isCloud, 1)
        try await JiraDesk.run(traits) { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            let uuid = try await desk.bond(ticket).uuid
            desk.site.write("Which floor?", on: "SUP-1")
            desk.site.move("SUP-1", to: .waiting)
            let (first, statements) = try await desk.poll()
            #expect(
                statements.map(\.content) == [.noted("Which floor?"), .stated("Waiting for customer", text: nil)])
            #expect(statements.allSatisfy { $0.exchange == .id(uuid) } && statements[0].item?.isEmpty == false)
            #expect(statements[1].broader == ["category:indeterminate"])

            // A word more is no new status, so that what it asked is not asked again.
            desk.site.write("Hello?", on: "SUP-1")
            let (again, more) = try await desk.poll(since: first.cursor)
            #expect(Set(again.receipts).isSuperset(of: first.receipts) && again.receipts.count == 3)
            #expect(more[1].text == "Hello?")
            // Leaving it and coming back is.
            desk.site.move("SUP-1", to: .inProgress)
            desk.site.move("SUP-1", to: .waiting)
            let (back, _) = try await desk.poll(since: again.cursor)
            #expect(Set(back.receipts).subtracting(again.receipts).count == 1)

            desk.site.pass(.seconds(3_600))
            desk.shared.time.advance(by: .seconds(3_600))
            let (later, _) = try await desk.poll(since: back.cursor)
            #expect(later.receipts.count == 3, "an hour is as long for them as for us")
            desk.site.pass(.seconds(3_600))
            #expect(try await desk.poll(since: later.cursor).polled.receipts.isEmpty)
        }
    }

    @Test(
        "What is known by its category, its resolution or not at all",
        arguments: [
            (Site.Status("In work", "indeterminate"), nil, SupplierState.inProgress),
            (Site.Status("Over", "done"), "Fixed", .resolved), (Site.Status("Done", "done"), "Won't Do", .rejected),
            (Site.Status("Strange", "undefined"), nil, nil),
        ] as [(Site.Status, String?, SupplierState?)])
    func states(status: Site.Status, resolution: String?, state: SupplierState?) async throws {
        try await JiraDesk.run { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            desk.site.move("SUP-1", to: status, resolution: resolution)
            let (polled, _) = try await desk.poll()
            let supplier = try desk.shared.supplier()
            for receipt in polled.receipts {
                try await desk.shared.store.transaction { (transaction: borrowing Transaction) in
                    _ = try await desk.shared.store.receive(
                        receipt.body, messageID: receipt.messageID, from: supplier, using: transaction)
                }
            }
            try await desk.shared.workThrough()
            let bond = try await desk.bond(ticket)
            #expect(bond.theirState == status.name)
            #expect(bond.state == state ?? .acknowledged)
            let picture = try await desk.connector().picture(of: bond, over: try desk.shared.wire())
            #expect(picture?.state == status.name && picture?.broader.last == "category:\(status.category)")
        }
    }

    @Test("What is theirs alone is not heard, unless our own words are internal too", arguments: [true, false])
    func internalComments(isInternal: Bool) async throws {
        let terms = ["comments": isInternal ? "internal" : "public"]
        try await JiraDesk.run(JiraDesk.serviceDeskTraits(), terms: terms) { desk in
            _ = try await desk.shared.referred()
            try await desk.shared.workThrough()
            desk.site.write("Who pays for this?", on: "SUP-1", isInternal: true)
            desk.site.write("We are on it.", on: "SUP-1")
            let (_, statements) = try await desk.poll()
            let words = isInternal ? ["Who pays for this?", "We are on it."] : ["We are on it."]
            #expect(statements.compactMap(\.text) == words)
        }
    }

    @Test("Of an issue that was opened twice the state of the older one counts, and what people wrote on either")
    func twins() async throws {
        var traits = Site.Traits()
        traits.indexLag = 90
        try await JiraDesk.run(traits) { desk in
            desk.site.misbehave(.post, "/issue", .twice)
            _ = try await desk.shared.referred()
            try await desk.shared.workThrough()
            desk.site.pass(.seconds(120))
            #expect(desk.site.issues.count == 2)
            desk.site.write("Here?", on: "SUP-1")
            desk.site.write("Or here?", on: "SUP-2")
            let spoken = try await desk.poll().statements.map(\.content)
            let words: [SupplierStatement.Content] = [.noted("Here?"), .noted("Or here?")]
            #expect(Set(spoken).isSuperset(of: words) && spoken.count == 3, "\(spoken)")
        }
    }

    @Test(
        "A poll that fails says why, and the next one finds the same",
        arguments: [PlayedFault.status(500), .maintenancePage(), .cutAnswer, .status(429, retryAfter: "7")])
    func failures(fault: PlayedFault) async throws {
        try await JiraDesk.run { desk in
            _ = try await desk.shared.referred()
            try await desk.shared.workThrough()
            desk.site.write("Which floor?", on: "SUP-1")
            desk.site.misbehave(.post, "/search/jql", fault)
            let (connector, wire) = (try await desk.connector(), try desk.shared.wire())
            await #expect {
                _ = try await connector.poll(since: nil, over: wire)
            } throws: { error in
                guard case .postponed(_, let wait)? = error as? Setback else { return false }
                return wait == (fault == .status(429, retryAfter: "7") ? .seconds(7) : nil)
            }
            #expect(try await desk.poll().statements.compactMap(\.text) == ["Which floor?"])
        }
    }

    @Test("An exchange that they no longer have has no picture")
    func gone() async throws {
        try await JiraDesk.run { desk in
            let ticket = try await desk.shared.referred()
            let (connector, wire) = (try await desk.connector(), try desk.shared.wire())
            let picture = try await connector.picture(of: try await desk.bond(ticket), over: wire)
            #expect(picture == Picture())
        }
    }
}
