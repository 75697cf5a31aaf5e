import Desk
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments
import PostgresTestSupport
import Runtime
import SupplierTestSupport
import Testing
import TroubleTicketTestSupport

@testable import Suppliers

@Suite("Files at a supplier's system that speaks TMF621", .timeLimit(.minutes(2)))
struct TroubleTicketFilesTests {
    typealias System = TroubleTicketSystem

    private func run(
        _ version: TroubleTicketVersion = .v5, _ traits: System.Traits = System.Traits(),
        _ body: (FileExam, System, TroubleTicketAPI) async throws -> Void
    ) async throws {
        let clock = ManualTime(Moment(seconds: 1_772_442_000))
        let system = try System(version, traits: traits, time: clock, loops: TestDatabase.loops)
        try await system.run {
            let (exchange, wire) = (UUID(), try system.wire())
            let terms = Supplier.TroubleTickets(version: version == .v4 ? .v4 : .v5, token: "their-token")
            let api = try await TroubleTicketAPI(terms, at: system.url, over: wire)
            var ticket = TroubleTicket()
            (ticket.description, ticket.severity, ticket.ticketType) = ("It is on fire.", "minor", "incident")
            ticket.externalIdentifiers = [.init(exchange.uuidString.lowercased())]
            let id = try #require(await api.create(ticket)?.id)
            try await body(
                FileExam(system: system, api: api, ticket: id, exchange: exchange, wire: wire), system, api)
        }
    }

    private static func traits(keepingFilesInTickets: Bool) -> System.Traits {
        var traits = System.Traits()
        traits.keepsFilesInTickets = keepingFilesInTickets
        return traits
    }

    @Test(
        "A file arrives as it is beside those that are there, and is listed by its name and size",
        arguments: TroubleTicketVersion.allCases, [true, false])
    func arrival(version: TroubleTicketVersion, keepsFilesInTickets: Bool) async throws {
        try await run(version, Self.traits(keepingFilesInTickets: keepsFilesInTickets)) { exam, system, _ in
            try await exam.arrival()
            let patched = system.calls.last { $0.method == .patch }?.body["attachment"]?.array
            #expect(patched?.map { $0["content"] != nil } == [keepsFilesInTickets, true], "no content goes in vain")
        }
    }

    @Test("Words that follow leave the files as they are", arguments: [true, false])
    func words(keepsFilesInTickets: Bool) async throws {
        try await run(.v5, Self.traits(keepingFilesInTickets: keepsFilesInTickets)) { exam, system, api in
            try await exam.attach()
            _ = try await api.patch(exam.ticket, ["note": [TroubleTicket.Note("Look at the picture.").json]])
            #expect(system.tickets.first?.notes.count == 1 && system.files(of: exam.exchange) == [FileExam.file])
        }
    }

    @Test(
        "What may have arrived has, is found, and would be there twice if it were sent again",
        arguments: [PlayedFault.cutAnswer, .lateAnswer, .failedAnswer])
    func ambiguity(fault: PlayedFault) async throws { try await run { exam, _, _ in try await exam.ambiguity(fault) } }

    @Test(
        "What they take without a word, or get twice and so refuse once, is there once",
        arguments: [PlayedFault.accepted, .twice])
    func quiet(fault: PlayedFault) async throws {
        try await run { exam, system, api in
            system.misbehaveWriting(fault)
            let file = try await exam.attach()
            #expect(try await api.files(of: exam.ticket) == [file])
            #expect(system.files(of: exam.exchange) == [FileExam.file])
        }
    }

    @Test(
        "A file that is too large, or of a type that they do not take, is refused for good, and the others stay",
        arguments: [("image/png", 11, "413"), ("application/x-msdownload", 1, "422")])
    func refusal(type: String, size: Int, words: String) async throws {
        var traits = System.Traits()
        traits.largestFile = 10
        try await run(.v5, traits) { exam, _, _ in
            try await exam.attach(PlayedFile("a.png", type: "image/png", [1]))
            let file = PlayedFile("a.png", type: type, Array(repeating: 1, count: size))
            try await exam.refusal(of: file, with: words)
        }
    }

    @Test("A ticket that is not there has no files and takes none")
    func absence() async throws {
        try await run { _, _, api in
            await #expect(throws: Setback.refused(because: "the supplier no longer has the ticket")) {
                try await api.attach("a.png", type: "image/png", [1], to: "none")
            }
        }
    }
}
