import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("The files of a supplier's system", .database(template: TestDesk.template))
struct SupplierFilesTests {
    @Test("A file that a supplier is told of is had by a request whose target is signed, and no other way")
    func fetching() async throws {
        let line = try await FileLine()
        let path = "/supplier/v1/\(line.code)/files/\(try await line.file("plan.pdf").uuidString.lowercased())"
        let answer = await line.send(.get, path)
        #expect(answer.status == .ok && answer.fields[.contentType] == "application/pdf")
        #expect(try await answer.read() == FileLine.plan)
        #expect(await line.send(.get, path, signing: "").status == .unauthorized)
        let other = "/supplier/v1/\(line.code)/files/\(UUID().uuidString.lowercased())"
        #expect(await line.send(.get, other).status == .notFound)
        #expect(await line.send(.get, path, signing: other).status == .unauthorized)
        #expect(await line.gateway.send(.get, path).status == .unauthorized)
    }

    @Test("What may not leave is not there", arguments: [["files"], ["note"], ["note", "file_names"]])
    func withheld(fields: [String]) async throws {
        let line = try await FileLine(fields: fields)
        let path = "/supplier/v1/\(line.code)/files/\(try await line.file("plan.pdf").uuidString.lowercased())"
        #expect(await line.send(.get, path).status == .notFound)
    }

    @Test("What a supplier sends waits at the ticket, once however often it comes, until an event names it")
    func sending() async throws {
        let line = try await FileLine()
        let path = "/supplier/v1/\(line.code)/exchanges/\(line.exchange.uuidString.lowercased())/files?name=fuse%2Epng"
        let first = await line.send(.post, path, "bytes", id: "file_1")
        #expect(first.status == .created, "\(first.text)")
        let id = try JSON.parse(first.text)["id"]?.string
        #expect(await line.send(.post, path, "bytes", id: "file_1").text == first.text)
        #expect(await line.send(.post, path, "bytes", id: "file_2").text != first.text)
        #expect(await line.send(.post, path, "other bytes", signing: path + "bytes").status == .unauthorized)
        let kept = try await line.behind.store.database.all(
            """
            select id::text from attachment where name = 'fuse.png' and type = 'image/png' and size = 5
                and ticket = \(line.ticket.id) and entry is null order by id
            """, as: String.self)
        #expect(kept.count == 2 && kept.contains(id ?? ""))
        let nobody = "/supplier/v1/\(line.code)/exchanges/\(UUID().uuidString.lowercased())/files?name=a"
        #expect(await line.send(.post, nobody, "bytes", id: "file_3").status == .notFound)
        #expect(await line.send(.post, path, "", id: "file_4").status == .unprocessableContent)
    }
}
