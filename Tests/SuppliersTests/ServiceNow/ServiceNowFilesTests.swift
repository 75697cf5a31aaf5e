import Desk
import Foundation
import Moments
import PostgresTestSupport
import Runtime
import ServiceNowTestSupport
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("Files at a supplier's ServiceNow", .timeLimit(.minutes(2)))
struct ServiceNowFilesTests {
    private func run(
        _ traits: ServiceNowInstance.Traits = .init(), _ body: (FileExam, ServiceNowInstance) async throws -> Void
    ) async throws {
        let clock = ManualTime(Moment(seconds: 1_772_442_000))
        let instance = try ServiceNowInstance(traits: traits, time: clock, loops: TestDatabase.loops)
        try await instance.run {
            let exchange = UUID()
            instance.open(["correlation_id": exchange.uuidString.lowercased()])
            let terms = Supplier.ServiceNow(url: instance.url, user: traits.user, password: "sn-password")
            let wire = try instance.wire()
            let exam = FileExam(
                system: instance, api: try await ServiceNowAPI(terms, of: "fjordnett", over: wire),
                ticket: try #require(instance.incidents.first?["sys_id"]), exchange: exchange, wire: wire)
            try await body(exam, instance)
        }
    }

    @Test("A file arrives as it is, and is listed by its name and size; the record holds no byte of it")
    func arrival() async throws { try await run { exam, _ in try await exam.arrival() } }

    @Test("A type goes without its parameters; what is none is sent as mere bytes")
    func types() async throws {
        try await run { exam, instance in
            try await exam.attach(PlayedFile("a", type: "text/plain; charset=utf-8", [1]))
            try await exam.attach(PlayedFile("b", type: "unknown", []))
            let types = instance.files(of: exam.exchange).map(\.type)
            #expect(types == ["text/plain", "application/octet-stream"])
        }
    }

    @Test("A list goes on over its pages; one that holds other tickets' files is no good", arguments: [false, true])
    func lists(isConditionPassedOver: Bool) async throws {
        var traits = ServiceNowInstance.Traits()
        traits.page = 1
        if isConditionPassedOver { traits.hiddenFields = ["table_sys_id"] }
        try await run(traits) { exam, instance in
            instance.open(["short_description": "Another's"])
            let other = try #require(instance.incidents.last?["sys_id"])
            _ = try await exam.api.attach("theirs.txt", type: "text/plain", [1], to: other)
            for name in ["one.txt", "two.txt"] { try await exam.attach(PlayedFile(name, type: "text/plain", [1])) }
            if isConditionPassedOver {
                await exam.refusal("table_sys_id") { try await exam.api.files(of: exam.ticket) }
            } else {
                #expect(try await exam.api.files(of: exam.ticket).map(\.name) == ["one.txt", "two.txt"])
            }
        }
    }

    @Test(
        "What may have arrived has, is found, and would be there twice if it were sent again",
        arguments: [PlayedFault.cutAnswer, .lateAnswer, .failedAnswer])
    func ambiguity(fault: PlayedFault) async throws { try await run { exam, _ in try await exam.ambiguity(fault) } }

    @Test(
        "A file that is too large, or of a kind that they do not take, is refused for good, in their words",
        arguments: [("large.png", 11, "413"), ("a.EXE", 1, "403")])
    func refusal(name: String, size: Int, words: String) async throws {
        var traits = ServiceNowInstance.Traits()
        traits.largestFile = 10
        try await run(traits) { exam, _ in
            let file = PlayedFile(name, type: "image/png", Array(repeating: 1, count: size))
            try await exam.refusal(of: file, with: words)
        }
    }
}
