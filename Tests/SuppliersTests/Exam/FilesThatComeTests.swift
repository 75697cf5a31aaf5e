import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import SupplierTestSupport
import Testing

/// What every connector has to do with the files of the supplier's people, at the systems that are asked for them.
@Suite("Files that come", .database(template: TestDesk.template), .serialized, .timeLimit(.minutes(10)))
struct FilesThatComeTests {
    private static let examinees = Examinee.all.filter { $0.takesFiles && $0.hasBareFiles }

    private static let plan = PlayedFile("plan.pdf", type: "application/pdf", Array("the plan".utf8))
    private static let log = PlayedFile("Журнал 1.txt", type: "text/plain", Array("it says no".utf8))
    private static let smoke = PlayedFile("smoke & fire.png", type: "image/png", (0...255).map { UInt8($0) })

    /// The files at the supplier's words, in the order of these.
    private static func files(at desk: ExaminedDesk, _ ticket: Ticket) async throws -> [PlayedFile] {
        let supplier = try desk.shared.supplier()
        var files: [PlayedFile] = []
        let entries = try await desk.shared.view(ticket).entries.filter { $0.supplier == supplier }
        for file in entries.flatMap(\.attachments) {
            let bytes = try await desk.shared.store.bytes(of: file.id, sha256: file.sha256, size: file.size)
            files.append(PlayedFile(file.name, type: file.type, bytes))
        }
        return files
    }

    private static func referred(_ desk: ExaminedDesk) async throws -> (ticket: Ticket, exchange: UUID) {
        let upload = Upload(name: plan.name, type: plan.type, bytes: plan.bytes)
        let ticket = try await desk.shared.referred(note: "Please look at it. #1", noteFiles: [upload])
        try await desk.settle()
        try await desk.pass(.seconds(200))
        return (ticket, try await desk.bond(ticket).uuid)
    }

    @Test("What their people attach stands at the ticket, once, whatever goes wrong", arguments: examinees)
    func onceDespite(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee, allowing: ["files", "file_names"]) { desk in
            let (ticket, exchange) = try await Self.referred(desk)
            var expected: [PlayedFile] = []
            for (number, fault) in (PlayedFault.ambiguous + PlayedFault.idle + [.maintenancePage()]).enumerated() {
                let bytes = Self.smoke.bytes + [UInt8(number)]
                let file = PlayedFile("\(number) \(Self.smoke.name)", type: Self.smoke.type, bytes)
                desk.system.attach(file, to: exchange)
                desk.system.misbehaveGivingFiles(fault)
                for _ in 0..<3 { try await desk.hear() }
                try await desk.settle()
                expected.append(file)
                #expect(try await Self.files(at: desk, ticket) == expected, "\(fault)")
            }
            #expect(desk.system.files(of: exchange) == [Self.plan] + expected)
            desk.system.say("Look at the pictures. #1", on: exchange)
            try await desk.hear()
            try await desk.expectEqual(
                ticket, ours: ["Please look at it. #1"], theirs: ["Look at the pictures. #1"], .open)
        }
    }

    @Test("Our own files do not come back, also where nobody remembers that we sent them", arguments: examinees)
    func echo(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee, allowing: ["files", "file_names"]) { desk in
            let (ticket, exchange) = try await Self.referred(desk)
            try await desk.hear()
            try await desk.shared.database.run("delete from supplier_written")
            desk.system.attach(Self.log, to: exchange)
            try await desk.hear()
            try await desk.settle()
            #expect(try await Self.files(at: desk, ticket) == [Self.log])
            #expect(desk.system.files(of: exchange) == [Self.plan, Self.log])
        }
    }

    @Test("A file that is too large, or that they do not give, is told to whoever answers", arguments: examinees)
    func missing(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            let (ticket, exchange) = try await Self.referred(desk)
            desk.system.attach(
                PlayedFile("disk.img", type: "application/octet-stream", Array(repeating: 7, count: 7 << 20 | 1)),
                to: exchange)
            desk.system.attach(Self.smoke, to: exchange)
            desk.system.misbehaveGivingFiles(.status(404))
            try await desk.hear()
            desk.system.attach(Self.log, to: exchange)
            try await desk.hear()
            try await desk.settle()
            let entries = try await desk.shared.view(ticket).entries
            // Where a file stands in its ticket nobody is asked for it.
            let isAsked = desk.system.calls.contains { $0.path.contains("attachment/") }
            for (name, reason) in [("disk.img", "MB")] + (isAsked ? [(Self.smoke.name, "404")] : []) {
                let told = entries.filter { $0.text.contains(name) }
                #expect(told.count == 1 && told.allSatisfy { $0.visibility == .internal && $0.text.contains(reason) })
            }
            #expect(try await Self.files(at: desk, ticket).last == Self.log)
        }
    }

    @Test("What comes once the exchange has ended is kept for the desk", arguments: examinees)
    func late(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            let (ticket, exchange) = try await Self.referred(desk)
            desk.system.bring(exchange, into: .resolved)
            try await desk.hear()
            desk.system.attach(Self.log, to: exchange)
            for _ in 0..<2 { try await desk.hear() }
            try await desk.settle()
            #expect(try await Self.files(at: desk, ticket) == [Self.log])
            #expect(try await desk.shared.view(ticket).entries.last?.visibility == .internal)
        }
    }
}
