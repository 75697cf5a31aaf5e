import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("What a referral would tell, for programs", .database(template: TestDesk.template))
struct SupplierPreviewTests {
    @Test("It is shown with what stays and byte by byte, and nothing is sent")
    func shown() async throws {
        let gateway = try await TestGateway()
        let number = try await gateway.open()
        let path = "/api/v1/tickets/\(number)/supplier-tickets/previews"
        let response = await gateway.send(.post, path, #"{"supplier": "printwerk", "note": "The roller is worn."}"#)
        try #require(response.status == .ok, "\(response.text)")
        let shown = response.document
        #expect(shown["fields"]?["note"]?.string == "The roller is worn.")
        #expect(shown["fields"]?.object.map { Set($0.map(\.name)) } == ["subject", "site", "note"])
        #expect(shown["withheld"]?.array?.contains("requester_email") == true)
        #expect(shown["text"]?.string?.contains("com.meridian.ticket.referred.v1") == true)
        #expect(shown["text"]?.string?.contains(number) == true)
        let sent = try await TestDatabase.current.first("select count(*) from supplier_message", as: Int.self)
        #expect(sent == 0)
        let unknown = await gateway.send(.post, path, #"{"supplier": "nobody", "note": "a"}"#)
        #expect(unknown.status == .unprocessableContent)
        let none = await gateway.send(
            .post, "/api/v1/tickets/OSL-4711/supplier-tickets/previews", #"{"supplier": "printwerk", "note": "a"}"#)
        #expect(none.status == .notFound)
    }
}
