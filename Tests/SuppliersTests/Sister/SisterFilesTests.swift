import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("Files that another desk names", .database(template: TestDesk.template), .serialized, .timeLimit(.minutes(5)))
struct SisterFilesTests {
    private static let photo = PlayedFile("rack.png", type: "image/png", (0...255).map { UInt8($0) })
    private static let plan = PlayedFile("plan.pdf", type: "application/pdf", Array("the plan".utf8))
    /// More than one piece of what is kept, and more than any other answer may have.
    private static let large = PlayedFile(
        "dump.bin", type: "application/octet-stream", (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })

    private static let noDigest = [UInt8](repeating: 0, count: 32)

    private func run(_ body: (ExaminedDesk, WebhookSystem) async throws -> Void) async throws {
        try await ExaminedDesk.run(.sister, allowing: ["files", "file_names"]) { desk in
            try await body(desk, #require(desk.system as? WebhookSystem))
        }
    }

    private struct Found: Equatable {
        let words: String
        let name: String
        let type: String
        let bytes: [UInt8]

        init(_ words: String, _ file: PlayedFile) {
            (self.words, name, type, bytes) = (words, file.name, file.type, file.bytes)
        }

        init(_ words: String, _ file: AttachmentView, _ bytes: [UInt8]) {
            (self.words, name, type, self.bytes) = (words, file.name, file.type, bytes)
        }
    }

    /// The files on a ticket, by the words at which they stand.
    private func files(on ticket: Ticket, _ desk: ExaminedDesk) async throws -> [Found] {
        var found: [Found] = []
        for entry in try await desk.shared.view(ticket).entries {
            for file in entry.attachments {
                let bytes = try await desk.shared.store.bytes(of: file.id, sha256: file.sha256, size: file.size)
                found.append(Found(entry.text, file, bytes))
            }
        }
        return found
    }

    @Test("Those of a ticket that it gives us stand at the words they came with, each once, however often it says so")
    func given() async throws {
        try await run { desk, system in
            let (photo, plan) = (system.offer(Self.photo, with: .description), system.offer(Self.plan, with: .note))
            let (exchange, message) = (UUID(), UUID())
            system.misbehave(.cutAnswer, .status(503), .dropped)
            for _ in 0..<2 { try await desk.give(exchange, as: message, naming: [photo, plan]) }
            let view = try await desk.shared.store.view(of: desk.newest(), seeing: .desk, including: true)
            let ticket = try #require(view?.ticket)
            #expect(
                try await files(on: ticket, desk) == [
                    Found("It is broken.", Self.photo), Found("Please look.", Self.plan),
                ])
            #expect(try await desk.shared.jobs() == [])
        }
    }

    @Test("Those of what it answers are there after whatever goes wrong, byte for byte, and the words wait for none")
    func answered() async throws {
        try await run { desk, system in
            let ticket = try await desk.shared.referred()
            try await desk.settle()
            let exchange = try await desk.bond(ticket).uuid
            system.say("See there.", with: [Self.photo, Self.large], on: exchange)
            system.misbehave(.dropped, .status(500), .maintenancePage(200), .lateAnswer)
            try await desk.hear()
            #expect(try await desk.heard(on: ticket) == ["See there."])
            try await desk.settle()
            let found = try await files(on: ticket, desk)
            #expect(Set(found.map(\.name)) == ["rack.png", "dump.bin"] && found.count == 2)
            #expect(found.contains(Found("See there.", Self.photo)))
            #expect(found.contains(Found("See there.", Self.large)))
            #expect(try await desk.shared.jobs() == [])
        }
    }

    @Test("One that cannot be had, is too large or is another than was named holds nothing up, and is told of")
    func missing() async throws {
        try await run { desk, system in
            let ticket = try await desk.shared.referred()
            try await desk.settle()
            let exchange = try await desk.bond(ticket).uuid
            system.say("One.", with: [Self.photo], on: exchange)
            system.withdrawFiles()
            system.say("Two.", with: [Self.plan], on: exchange) { file in
                SharedFile(
                    id: file.id, name: "other.pdf", type: file.type, size: file.size, sha256: Self.noDigest,
                    part: .note)
            }
            system.say("Three.", with: [Self.plan], on: exchange) { file in
                SharedFile(
                    id: file.id, name: "huge.pdf", type: file.type, size: SharedFile.mostBytes + 1, sha256: file.sha256,
                    part: .note)
            }
            system.say("Four.", with: [Self.plan], on: exchange)
            try await desk.hear()
            try await desk.settle()
            #expect(try await files(on: ticket, desk) == [Found("Four.", Self.plan)])
            let heard = try await desk.heard(on: ticket)
            let said = ["One.", "Two.", "Three.", "Four."]
            #expect(heard.filter(said.contains) == said)
            let notes = heard.filter { !said.contains($0) }
            for name in ["rack.png", "other.pdf", "huge.pdf"] {
                #expect(notes.count { $0.contains(name) } == 1, "\(name): \(notes)")
            }
            #expect(notes.count == 3)
            #expect(try await desk.shared.jobs() == [])
        }
    }

    @Test("What the desk that works on it sends along is named with its words, where its document lets files leave")
    func reported() async throws {
        for (fields, names) in [([], []), (["files"], ["file-1.png"]), (["files", "file_names"], ["rack.png"])] {
            try await ExaminedDesk.run(.sister, allowing: fields) { desk in
                let system = try #require(desk.system as? WebhookSystem)
                try await desk.give(UUID())
                let number = try await desk.newest()
                try await write("See there.", .public, on: number, at: desk) { .messageSent($0) }
                try await write("Between us.", .internal, on: number, at: desk) { .noteAdded($0) }
                try await write("It costs too much.", .internal, on: number, at: desk) {
                    .resolved(.tooCostly, note: $0, knowledge: nil)
                }
                try await desk.settle()
                #expect(system.reports.flatMap(\.named).map(\.name) == names)
                #expect(system.reports.compactMap(\.text) == ["See there."])
                try await checkDoor(at: desk, opens: Set(system.reports.flatMap(\.named).map(\.id)))
            }
        }
    }

    private func write(
        _ text: String, _ visibility: Visibility, on number: TicketNumber, at desk: ExaminedDesk,
        _ event: @escaping @Sendable (EntryID) -> Ticket.Event
    ) async throws {
        let upload = Upload(name: "rack.png", type: "image/png", bytes: Self.photo.bytes)
        let recording = Recording(by: .program, note: Note(text, visibility: visibility, uploads: [upload]))
        try await desk.shared.store.record(on: number, seeing: .desk, recording) { event(try #require($0.entry)) }
    }

    /// Nothing is to be had at the door but what was named.
    private func checkDoor(at desk: ExaminedDesk, opens named: Set<UUID>) async throws {
        let supplier = try desk.shared.supplier()
        let all = try await desk.shared.database.all(
            "select id from attachment where ticket = (select max(id) from ticket)", as: UUID.self)
        #expect(all.count == 3)
        for file in all {
            #expect(try await (desk.shared.store.file(file, of: supplier) != nil) == named.contains(file))
        }
    }
}
