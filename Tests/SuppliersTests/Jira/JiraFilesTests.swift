import Desk
import DeskSuppliers
import Foundation
import HTTP
import JSON
import JiraTestSupport
import Moments
import PostgresTestSupport
import Runtime
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("Files at a supplier's Jira", .timeLimit(.minutes(2)))
struct JiraFilesTests {
    private func run(
        _ traits: JiraSite.Traits = .init(), _ body: (FileExam) async throws -> Void
    ) async throws {
        let clock = ManualTime(Moment(seconds: 1_772_442_000))
        let site = try JiraSite(traits: traits, time: clock, loops: TestDatabase.loops)
        try await site.run {
            let (exchange, wire) = (UUID(), try site.wire())
            let terms = Supplier.Jira(
                url: site.url, edition: traits.isCloud ? .cloud : .dataCenter, email: traits.email,
                token: "their-token", project: traits.project)
            let api = try await JiraAPI(terms, over: wire)
            let fields: JSON = .object([
                "project": JSON.object(["key": traits.project]), "issuetype": JSON.object(["name": "Task"]),
                "summary": "Printer", "description": JiraText.json(of: "It is on fire.", for: terms.edition),
                "labels": ["meridian-\(exchange.uuidString.lowercased())"],
            ])
            let path = "/rest/api/\(traits.isCloud ? 3 : 2)/issue"
            let issue = try #require(await api.send(.post, path, .object(["fields": fields]))["id"]?.string)
            try await body(FileExam(system: site, api: api, ticket: issue, exchange: exchange, wire: wire))
        }
    }

    @Test(
        "A file arrives as it is, and is listed by its name and size; the record holds no byte of it",
        arguments: [true, false])
    func arrival(isCloud: Bool) async throws {
        var traits = JiraSite.Traits()
        traits.isCloud = isCloud
        try await run(traits) { try await $0.arrival() }
    }

    @Test("No name ends its quotes or its line, and no type begins a field of its own")
    func names() async throws {
        try await run { exam in
            try await exam.attach(PlayedFile("a\"b\r\nX: \\c.txt", type: "text/plain\r\nX: y", []))
            let written = PlayedFile("a%22b%0D%0AX: \\c.txt", type: "application/octet-stream", [])
            #expect(exam.system.files(of: exam.exchange) == [written])
        }
    }

    @Test(
        "What may have arrived has, is found, and would be there twice if it were sent again",
        arguments: [PlayedFault.cutAnswer, .lateAnswer, .failedAnswer])
    func ambiguity(fault: PlayedFault) async throws { try await run { try await $0.ambiguity(fault) } }

    @Test("A file that is too large, or not to be attached at all, is refused for good", arguments: ["413", "403"])
    func refusal(code: String) async throws {
        var traits = JiraSite.Traits()
        (traits.largestFile, traits.takesFiles) = (10, code != "403")
        try await run(traits) { exam in
            try await exam.refusal(of: PlayedFile("a.png", type: "image/png", Array(0...10)), with: code)
        }
    }
}
