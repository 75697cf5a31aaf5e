import Desk
import DeskStore
import DeskTestSupport
import JSON
import PostgresTestSupport
import Testing

@Suite("deskctl ticket", .database(template: TestDesk.template))
struct TicketCommandTests {
    private let desk: Operator
    private let store: DeskStore

    init() throws {
        desk = try Operator()
        store = try TestDesk().store
    }

    @Test("A ticket is shown with its timeline, for people and for programs")
    func show() async throws {
        let number = try await store.accept(TestDesk.submission()).ticket.number.description
        let text = try await desk.run("ticket", "show", number)
        #expect(text.status == 0 && text.output[0] == "\(number)  The printer is on fire")
        #expect(text.text.contains("Smoke comes out of it. Please help."))
        let json = try await desk.json("ticket", "show", number)
        #expect(json["number"]?.string == number && json["state"] == "new")
        let journey = try await desk.json("ticket", "journey", number)
        #expect(journey["legs"]?.array?.count == 1 && journey["clocks"]?.array?.isEmpty == false)
    }

    @Test("Tickets are listed, all or those in a state")
    func list() async throws {
        for _ in 1...3 { _ = try await store.accept(TestDesk.submission()) }
        #expect(try await desk.json("ticket", "list").array?.count == 3)
        #expect(try await desk.json("ticket", "list", "--limit", "2").array?.count == 2)
        #expect(try await desk.json("ticket", "list", "--state", "closed").array?.isEmpty == true)
        #expect(try await desk.run("ticket", "list", "--state", "new").output.count == 4)
    }

    @Test("A ticket that is not there, a word that is no number and a state that is none are refused")
    func faults() async throws {
        #expect(try await desk.fault(66, "ticket", "show", "OSL-99").contains("there is no ticket OSL-99"))
        #expect(try await desk.fault(64, "ticket", "show", "printer").contains("\"printer\" is no ticket number"))
        #expect(try await desk.fault(64, "ticket", "list", "--state", "open").contains("Try: one of new, "))
        try await desk.fault(64, "ticket", "list", "--limit", "0")
    }
}
