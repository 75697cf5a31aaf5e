import Desk
import DeskSuppliers
import DeskTestSupport
import Foundation
import Runtime
import Testing

@testable import Suppliers

@Suite("What would leave for a supplier")
struct DryRunTests {
    private let facts = TicketFacts(
        subject: "The line is down", kind: .incident, category: nil, impact: .high, urgency: .high,
        priority: .critical, site: "OSL", requesterName: "Kari Nordmann", requesterEmail: "kari@customer.example",
        description: "Since this morning.", note: "Please look.")

    @Test(
        "is shown up to what their system would be asked to open, with a sign-in and no credentials",
        arguments: Supplier.ServiceNow.SignIn.allCases)
    func serviceNow(signIn: Supplier.ServiceNow.SignIn) async throws {
        let terms = Supplier.ServiceNow(
            url: "https://noc.example", signIn: signIn, user: "desk", client: "desk", password: "a", clientSecret: "b")
        let supplier = Supplier(
            code: "noc", name: "NOC", connector: .servicenow(terms), fields: [.subject, .note],
            contact: "noc@noc.example")
        let run = DryRun(supplier, timekeeper: ManualTime(TestDesk.monday))
        let text = try #require(await run.requests(telling: .referral, facts, from: "https://desk.example"))
        #expect(text.contains("https://noc.example/oauth_token.do") == (signIn != .basic))
        let posts = text.components(separatedBy: "\n\n").filter { $0.hasPrefix("POST") && $0.contains("/incident") }
        #expect(posts.count == 1 && posts[0].contains("authorization: [not shown]"), "\(text)")
        #expect(text.contains("The line is down") && text.contains("[OSL-1/1]") && !text.contains("Kari"))
    }
}
