import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JSON
import JiraTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Secrets
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("A supplier's Jira", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct JiraConnectorTests {
    typealias Site = JiraSite

    @Test(
        "It gets a ticket, the answer to its question, and learns that the ticket is taken back",
        arguments: [true, false])
    func conversation(isCloud: Bool) async throws {
        var traits = Site.Traits()
        traits.isCloud = isCloud
        try await JiraDesk.run(traits) { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            let bond = try await desk.bond(ticket)
            let issue = try #require(desk.site.issues.first)
            #expect(desk.site.issues.count == 1 && issue.summary == "The printer is on fire")
            #expect(issue.descriptionText.hasPrefix("Please look at it."))
            #expect(issue.labels == ["meridian", "meridian-\(bond.uuid.uuidString.lowercased())"])
            #expect(issue.links.keys.sorted() == ["meridian:exchange=\(bond.uuid.uuidString.lowercased())"])
            #expect(bond.theirReference == "SUP-1" && bond.remote == issue.id)
            let sent = desk.site.calls.map { "\($0.path) \($0.body.text)" }.joined()
            #expect(!sent.contains("kari@customer.example") && !sent.contains("Kari Nordmann"))

            desk.site.move("SUP-1", to: .inProgress)
            desk.site.move("SUP-1", to: .waiting)
            try await desk.answer(ticket, "The third floor.\n\n\nRoom 12")
            try await desk.shared.workThrough()
            let gap = isCloud ? "\n\n" : "\n\n\n"
            #expect(desk.site.issues[0].texts == ["The third floor.\(gap)Room 12"])
            #expect(desk.site.issues[0].comments.allSatisfy { !$0.isPublic })
            #expect(desk.site.issues[0].status == .inProgress)
            try await desk.recall(ticket)
            try await desk.shared.workThrough()
            #expect(desk.site.issues[0].status == .canceled && desk.site.issues[0].texts.last == "It works again.")
            #expect(try await desk.shared.jobs() == [])
        }
    }

    @Test("Its service desk gets a request, with the marks that a request cannot be opened with")
    func serviceDesk() async throws {
        try await JiraDesk.run(JiraDesk.serviceDeskTraits()) { desk in
            try await desk.shared.allow(["priority", "message"], for: "fjordnett")
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            let (issue, bond) = (try #require(desk.site.issues.first), try await desk.bond(ticket))
            #expect(issue.labels.last == "meridian-\(bond.uuid.uuidString.lowercased())" && issue.priority != nil)
            #expect(desk.site.calls.contains { $0.path == "/rest/servicedeskapi/request" })
            try await desk.shared.record(on: ticket, note: "It smells.") { .messageSent(try #require($0.entry)) }
            try await desk.shared.workThrough()
            #expect(desk.site.issues[0].comments.map(\.isPublic) == [true], "a customer writes what customers read")
        }
    }

    @Test("It hears of another priority, gets the ticket again that it solved, and learns that it is closed")
    func further() async throws {
        try await JiraDesk.run { desk in
            let shared = desk.shared
            try await shared.allow(["priority"], for: "fjordnett")
            let (ticket, supplier) = (try await shared.referred(), try shared.supplier())
            try await shared.workThrough()
            try await shared.record(on: ticket) { _ in
                var changes = Changes()
                (changes.impact, changes.priority, changes.basis) = (.high, .critical, .matrix)
                return .changed(changes)
            }
            try await shared.workThrough()
            #expect(desk.site.issues[0].priority == "Highest")

            desk.site.move("SUP-1", to: .done)
            try await shared.record(on: ticket, note: "A new cable.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket, note: "It still smokes.") { .referred(supplier, note: $0.entry) }
            try await shared.workThrough()
            #expect(desk.site.issues.map(\.status) == [.reopened] && desk.site.issues[0].texts == ["It still smokes."])

            desk.site.move("SUP-1", to: .done)
            // An issue keeps its id when it moves to another project.
            desk.site.rename("SUP-1", "OPS-77")
            try await shared.record(on: ticket, note: "A new fuse.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket) { _ in .resolved(.solved, note: nil) }
            try await shared.record(on: ticket) { _ in .closed }
            try await shared.workThrough()
            #expect(desk.site.issues.map(\.status) == [.closed])
            #expect(try await shared.jobs() == [])
        }
    }

    @Test(
        "A status of another name does where its category is the one",
        arguments: [("Stopped", ["Fixed", "Won't Do"], "Won't Do"), ("Finished", ["Fixed"], "Fixed")])
    func byCategory(name: String, resolutions: [String], chosen: String) async throws {
        var traits = Site.Traits()
        (traits.workflow, traits.resolutions) = ([.open: [.inProgress, .init(name, "done")]], resolutions)
        try await JiraDesk.run(traits) { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            try await desk.recall(ticket)
            try await desk.shared.workThrough()
            #expect(desk.site.issues.map(\.status.name) == [name] && desk.site.issues[0].resolution == chosen)
        }
    }

    @Test("Where the workflow does not lead, a person is told, and the word beside it arrives once")
    func deadEnd() async throws {
        var traits = Site.Traits()
        traits.workflow = [.open: [.inProgress]]
        try await JiraDesk.run(traits) { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            try await desk.recall(ticket)
            try await desk.shared.workThrough()
            try await desk.wait()
            #expect(desk.site.issues[0].status == .open && desk.site.issues[0].texts == ["It works again."])
            let reason = try await desk.shared.database.first(
                "select last_error from supplier_message where parked_at is not null", as: String.self)
            #expect(reason?.contains("does not lead SUP-1 to \"Canceled\"") == true, "\(reason ?? "not parked")")
        }
    }

    @Test(
        "A move that somebody of theirs has made meanwhile, or that got no answer, is made once",
        arguments: [PlayedFault?.none, .cutAnswer, .lateAnswer, .status(500)])
    func moves(fault: PlayedFault?) async throws {
        try await JiraDesk.run { desk in
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            if let fault {
                desk.site.misbehave(.post, "/transitions", fault)
            } else {
                desk.site.moveMeanwhile(to: .canceled)
            }
            try await desk.recall(ticket)
            try await desk.shared.workThrough()
            try await desk.wait()
            #expect(desk.site.issues[0].status == .canceled && desk.site.issues[0].texts == ["It works again."])
            #expect(try await desk.shared.jobs() == [])
        }
    }

    @Test("An issue that it will not take is for a person; a token that it does not know pauses the line")
    func refused() async throws {
        try await JiraDesk.run { desk in
            desk.site.misbehave(.post, "/issue", .status(400))
            _ = try await desk.shared.referred()
            try await desk.shared.workThrough()
            #expect(desk.site.issues.isEmpty)
            try await SecretStore(desk.shared.store, keys: desk.shared.keys)
                .set("their-token", to: Array("another one".utf8))
            let (connector, wire) = (try await desk.connector(), try desk.shared.wire())
            await #expect {
                _ = try await connector.poll(since: nil, over: wire)
            } throws: { error in
                if case .unauthorised? = error as? Setback { true } else { false }
            }
            #expect(!wire.record.sent.contains("another one"))
            _ = try await desk.shared.referred()
            try await desk.shared.workThrough()
            #expect(try await desk.shared.line().pausedAt != nil)
        }
    }

    /// A desk whose request was doubled: it has written on the younger issue, and by now the index shows the older one.
    private static func withTwins(_ body: @Sendable (JiraDesk, Ticket) async throws -> Void) async throws {
        var traits = Site.Traits()
        traits.indexLag = 90
        try await JiraDesk.run(traits) { desk in
            desk.site.misbehave(.post, "/issue", .twice)
            let ticket = try await desk.shared.referred()
            try await desk.shared.workThrough()
            try await desk.answer(ticket, "The third floor.")
            try await desk.shared.workThrough()
            #expect(desk.site.issues.map(\.texts) == [[], ["The third floor."]])
            desk.site.pass(.seconds(120))
            try await body(desk, ticket)
        }
    }

    @Test("What was written on an issue before an older one shows itself stands on the older one, once and in order")
    func olderTwin() async throws {
        try await Self.withTwins { desk, ticket in
            for words in ["Room 12.", "On the left."] {
                try await desk.answer(ticket, words)
                try await desk.shared.workThrough()
            }
            #expect(desk.site.issues[0].texts == ["The third floor.", "Room 12.", "On the left."])
            #expect(desk.site.issues[1].status == .canceled)
        }
    }

    @Test("An issue that was opened twice ends once the index shows both, though the desk has nothing more to say")
    func silentTwin() async throws {
        try await Self.withTwins { desk, _ in
            desk.site.write("Which door?", on: desk.site.issues[1].key)
            for _ in 1...2 {
                let heard = try await desk.poll().statements.map(\.content)
                #expect(heard.count == 2 && heard.contains(.noted("Which door?")), "\(heard)")
            }
            #expect(desk.site.issues.map(\.status) == [.open, .canceled])
            #expect(desk.site.issues[0].texts == ["The third floor."])
            #expect(desk.site.issues[1].texts.count == 3, "what was said there, and that the other goes on")
        }
    }
}
