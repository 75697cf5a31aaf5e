import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

/// What the database lets through to a session of the portal, asked as the gateway's own role asks.
@Suite("The windows of suppliers", .database(template: TestDesk.template))
struct WindowsTests {
    private static let windows = ["supplier_ticket", "supplier_message", "entry", "attachment", "blob_chunk"]

    @Test("Through its windows a supplier sees what it was told and has said, and nothing of another")
    func ownAlone() async throws {
        let desk = try await PortalDesk()
        let mine = try await desk.refer(note: "Look at the fuser.")
        try await desk.record(on: mine, note: "He complains every week.") { .noteAdded(try #require($0.entry)) }
        let theirs = try await desk.refer(to: "printwerk", subject: "Another matter", note: "Secret to Printwerk")
        var browser = try await desk.browser(of: "service@printwerk.example")
        let place = try await desk.exchange(of: theirs)
        _ = await browser.get(place)
        let file = (name: "a.txt", type: "text/plain", bytes: Array("their file".utf8))
        let answer = await browser.post(
            "\(place)/statements", ["act": "note", "message": "Ours alone", "seen": browser.hidden("seen")],
            files: [file])
        #expect(answer.status == .seeOther)
        let suppliers = try await desk.site.behind.store.directory().suppliers
        let (fjordnett, printwerk) = (try #require(suppliers["fjordnett"]), try #require(suppliers["printwerk"]))

        func texts(_ sight: Sight, _ window: String) async throws -> String {
            try await desk.site.desk.store.transaction(seeing: sight) { transaction in
                try await transaction.all("select w::text from \(identifier: window) w", as: String.self)
                    .joined(separator: "\n")
            }
        }
        let own = Sight(portalOf: [fjordnett])
        var seen = ""
        for window in Self.windows { seen += try await texts(own, window) }
        #expect(seen.contains("Look at the fuser.") && seen.contains("The printer is on fire"))
        #expect(seen.contains("Smoke comes out of it"))
        for hidden in ["Another matter", "Printwerk", "Ours alone", "a.txt", "every week", "kari@", "Kari"] {
            #expect(!seen.contains(hidden), "\(hidden)")
        }
        let other = Sight(portalOf: [printwerk])
        #expect(try await texts(other, "entry").contains("Ours alone"))
        #expect(try await texts(other, "attachment").contains("a.txt"))
        // Printwerk may know the subject alone: not even the note that was written for it.
        #expect(try await !texts(other, "supplier_message").contains("Secret to Printwerk"))
        #expect(try await !texts(other, "supplier_ticket").contains("Smoke"))
        // Nobody set, nobody there, nothing seen.
        for nobody in [Sight(portalOf: []), Sight(portalOf: [SupplierID(999)])] {
            for window in Self.windows { #expect(try await texts(nobody, window).isEmpty, "\(window)") }
        }
        await desk.close()
    }

    @Test("A session of the portal can read no table behind its windows, and write nothing at all")
    func noTables() async throws {
        let desk = try await PortalDesk()
        _ = try await desk.refer()
        let fjordnett = try #require(await desk.site.behind.store.directory().suppliers["fjordnett"])
        let sight = Sight(portalOf: [fjordnett])
        let tables = try await desk.site.behind.store.database.all(
            """
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'jobs', 'portal') and c.relkind in ('r', 'p', 'v')
            """, as: String.self)
        #expect(tables.count > 40)
        let windows = Self.windows.map { "portal.\($0)" }
        for right in ["select", "insert", "update", "delete"] {
            let allowed = try await desk.site.behind.store.database.all(
                """
                select t from unnest(\(tables)) t where has_table_privilege('meridian_portal', t, \(right)) order by t
                """, as: String.self)
            #expect(allowed == (right == "select" ? windows.sorted() : []), "\(right)")
        }
        await #expect(throws: DatabaseError.self) {
            try await desk.site.desk.store.transaction(seeing: sight) { transaction in
                try await transaction.all("select subject from public.ticket", as: String.self)
            }
        }
        // The next transaction of the same connection is the gateway's again.
        let role = try await desk.site.desk.store.database.first("select current_user::text", as: String.self)
        #expect(role == "meridian_intake")
        await desk.close()
    }

    @Test("The allow-list holds in the database as soon as the document says so")
    func allowList() async throws {
        let desk = try await PortalDesk(fields: ["subject", "requester_email"])
        let ticket = try await desk.refer()
        let fjordnett = try #require(await desk.site.behind.store.directory().suppliers["fjordnett"])
        func facts() async throws -> [String] {
            try await desk.site.desk.store.exchanges(of: [fjordnett]).flatMap(\.facts.names).sorted()
        }
        #expect(try await facts() == ["requester_email", "subject"])
        try await PortalDesk.apply(fields: [])
        #expect(try await facts() == [])
        try await PortalDesk.apply(
            fields: ["priority", "site", "kind", "category", "requester_name", "impact", "urgency"])
        let all = try await facts()
        #expect(all == ["impact", "kind", "priority", "requester_name", "site", "urgency"])
        // What the ticket becomes after the end is not for the supplier, and neither is what it may not know by then.
        try await desk.record(on: ticket) { .recalled(fjordnett, note: $0.entry) }
        try await desk.record(on: ticket) { _ in
            var changes = Changes()
            changes.impact = .high
            changes.urgency = .high
            return .changed(changes)
        }
        let after = try #require(await desk.site.desk.store.exchanges(of: [fjordnett]).first)
        #expect(after.facts["impact"]?.integer == 2 && after.endedAt != nil)
        try await PortalDesk.apply(fields: ["site"])
        #expect(try await facts() == ["site"])
        desk.site.desk.time.advance(by: DeskStore.exchangeShownFor)
        #expect(try await desk.site.desk.store.exchanges(of: [fjordnett]).isEmpty)
        await desk.close()
    }

    @Test("A supplier's list is read along the index of its bonds")
    func index() async throws {
        let desk = try await PortalDesk()
        _ = try await desk.refer()
        let sight = Sight(portalOf: [SupplierID(1)])
        let plan = try await desk.site.desk.store.transaction(seeing: sight) { transaction in
            try await transaction.run("select set_config('enable_seqscan', 'off', true)")
            return try await transaction.all(
                "explain select * from supplier_ticket b order by b.id desc limit 200", as: String.self)
        }.joined(separator: "\n")
        #expect(plan.contains("supplier_ticket_supplier"), "\(plan)")
        await desk.close()
    }
}
