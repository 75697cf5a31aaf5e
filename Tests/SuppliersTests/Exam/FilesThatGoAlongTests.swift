import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import SupplierTestSupport
import Testing

/// What every connector has to do with files, at the systems that take them.
@Suite("Files that go along", .database(template: TestDesk.template), .serialized, .timeLimit(.minutes(10)))
struct FilesThatGoAlongTests {
    private static let examinees = Examinee.all.filter { $0.takesFiles }

    private static let smoke = PlayedFile("smoke.png", type: "image/png", (0...255).map { UInt8($0) })
    private static let plan = PlayedFile("plan.pdf", type: "application/pdf", Array("the plan".utf8))
    private static let log = PlayedFile("Журнал 1.txt", type: "text/plain", Array("it says no".utf8))

    private static func upload(_ file: PlayedFile) -> Upload {
        Upload(name: file.name, type: file.type, bytes: file.bytes)
    }

    private static func expect(_ files: [PlayedFile], at desk: ExaminedDesk, _ ticket: Ticket) async throws {
        #expect(desk.system.files(of: try await desk.bond(ticket).uuid) == files)
    }

    @Test(
        "The files of what is told stand at the supplier's ticket, each once, whatever goes wrong",
        arguments: examinees)
    func onceDespite(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee, allowing: ["files", "file_names"]) { desk in
            for fault in PlayedFault.ambiguous + PlayedFault.idle where fault != .twice {
                let ticket = try await desk.shared.referred(
                    note: "Please look at it. #1", files: [Self.upload(Self.smoke)],
                    noteFiles: [Self.upload(Self.plan)])
                try await desk.settle()
                try await Self.expect([Self.smoke, Self.plan], at: desk, ticket)
                let supplier = try desk.shared.supplier()
                desk.system.misbehaveWriting(fault)
                try await desk.shared.record(on: ticket, note: "See there. #2", files: [Self.upload(Self.log)]) {
                    .supplierAnswered(supplier, note: try #require($0.entry))
                }
                try await desk.settle()
                try await Self.expect([Self.smoke, Self.plan, Self.log], at: desk, ticket)
                try await desk.forgetLast(of: ticket)
                try await desk.settle()
                try await Self.expect([Self.smoke, Self.plan, Self.log], at: desk, ticket)
                try await desk.hear()
                try await desk.expectEqual(
                    ticket, ours: ["Please look at it. #1", "See there. #2"], theirs: [], .open, "\(fault)")
            }
        }
    }

    @Test(
        "A file that their system does not take holds nothing up, and the record says which one it is",
        arguments: Examinee.sparing)
    func refused(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee, allowing: ["files", "file_names"]) { desk in
            let ticket = try await desk.shared.referred(
                note: "Please look at it. #1", noteFiles: [Self.upload(Self.log), Self.upload(Self.plan)])
            try await desk.settle()
            try await Self.expect([Self.plan], at: desk, ticket)
            let missing = try await desk.shared.database.first(
                "select last_error from supplier_message where sent_at is not null", as: String?.self)
            #expect(missing??.hasPrefix("\(Self.log.name): the supplier answered 413") == true, "\(missing ?? nil)")
            try await desk.say("The third floor. #2", on: ticket)
            try await desk.settle()
            try await desk.expectEqual(
                ticket, ours: ["Please look at it. #1", "The third floor. #2"], theirs: [], .open)
        }
    }

    @Test("No file leaves that the allow-list does not give, and no name", arguments: examinees)
    func withheld(examinee: Examinee) async throws {
        for (fields, names) in [([], []), (["file_names"], []), (["files"], ["file-1.png", "file-2.pdf"])] {
            try await ExaminedDesk.run(examinee, allowing: fields) { desk in
                let ticket = try await desk.shared.referred(
                    files: [Self.upload(Self.smoke)], noteFiles: [Self.upload(Self.plan)])
                try await desk.settle()
                let there = desk.system.files(of: try await desk.bond(ticket).uuid)
                #expect(there.map(\.name) == names)
                #expect(there.map(\.bytes) == (names.isEmpty ? [] : [Self.smoke.bytes, Self.plan.bytes]))
            }
        }
    }
}
