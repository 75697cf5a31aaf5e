import Desk
import Foundation
import JSON
import Testing

@testable import DeskSuppliers

@Suite("Files at suppliers' tickets")
struct AttachedFileTests {
    private static let exchange = UUID()

    @Test("A file is known again from what is kept of it", arguments: [ExchangeKey.id(exchange), .remote("TT-1")])
    func kept(key: ExchangeKey) throws {
        let file = AttachedFile(
            "7", at: "TT-1", in: "tmf", key, name: "a \"b\".png", type: nil, size: 12, place: "https://files.example/7")
        #expect(try AttachedFile(reading: file.text) == file)
        #expect(file.type == "application/octet-stream")
        #expect(throws: UnreadableEvent.self) { try AttachedFile(reading: "{}") }
        #expect(throws: UnreadableEvent.self) { try SupplierNews(reading: file.text) }
    }

    @Test("A name has one line and an end, and a file without one has that of its identity")
    func names() {
        func name(_ text: String) -> String {
            AttachedFile("7", at: "1", in: "jira", .id(Self.exchange), name: text, type: nil, size: nil).name
        }
        #expect(name("a\r\nb\0.txt") == "a b .txt")
        #expect(name("") == "7")
        #expect(name(String(repeating: "a", count: 300) + ".log").hasSuffix(".log"))
    }

    @Test("Of an issue their files are heard, the oldest first, and not those of our account")
    func jira() throws {
        let json = try JSON.parse(
            """
            {"id": "10", "fields": {"attachment": [
                {"id": "100", "filename": "b.txt", "size": 2, "mimeType": "text/plain", "author": {"accountId": "nora"}},
                {"id": "99", "filename": "a.txt", "author": {"name": "nora"}},
                {"id": "98", "filename": "ours.txt", "author": {"accountId": "desk"}}, {"id": "97"}]}}
            """.utf8)
        let files = AttachedFile.all(of: try #require(JiraIssue(reading: json)), in: Self.exchange, except: "desk")
        #expect(files.map(\.name) == ["a.txt", "b.txt"] && files.map(\.size) == [nil, 2])
        #expect(files.map(\.messageID) == ["jira:10:file:99", "jira:10:file:100"])
    }

    @Test("Of a row of ServiceNow a file is heard unless our user attached it, or it is at another row")
    func serviceNow() throws {
        let ticket = try #require(
            ServiceNowTicket(reading: ["sys_id": "t1", "correlation_id": Self.exchange.uuidString.json]))
        let terms = Supplier.ServiceNow(url: "https://sn.example", user: "desk", password: "p")
        func file(_ author: String, at row: String) throws -> AttachedFile? {
            let json: JSON = [
                "sys_id": "f1", "file_name": "a.txt", "table_sys_id": row.json, "sys_created_by": author.json,
                "size_bytes": "12",
            ]
            return AttachedFile(try #require(ServiceNowFile(reading: json)), at: ticket, under: terms)
        }
        #expect(try file("nora", at: "t1")?.size == 12)
        #expect(try file("desk", at: "t1") == nil)
        #expect(try file("nora", at: "t2") == nil)
    }

    @Test("Of a trouble ticket a file says where it is, unless it stands there; the buyer's are ours")
    func troubleTicket() throws {
        let json = try JSON.parse(
            """
            {"id": "TT-1", "externalId": "\(Self.exchange.uuidString)", "attachment": [
                {"id": "1", "name": "a.txt", "url": "/files/1", "source": "seller"},
                {"href": "/attachment/2"}, {"id": "3", "name": "c.txt", "content": "YQ==", "mimeType": "text/plain"},
                {"id": "4", "name": "ours.txt", "source": "buyer"}]}
            """.utf8)
        let files = AttachedFile.all(of: TroubleTicket(reading: json))
        #expect(files.map(\.name) == ["a.txt", "/attachment/2", "c.txt"])
        #expect(files.map(\.place) == ["/files/1", "/attachment/2", nil])
    }
}
