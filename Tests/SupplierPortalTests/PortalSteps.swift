import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing
import WebTestSupport

/// A desk with two suppliers that work in its portal.
struct PortalDesk {
    let site: TestSite
    static let fields = ["subject", "kind", "category", "priority", "site", "description", "note"]

    /// - Parameter fields: what may be told to Fjordnett; Printwerk may know the subject alone.
    init(fields: [String] = Self.fields, publicURL: String = "https://desk.norrsken.example") async throws {
        site = try TestSite(publicURL: publicURL)
        try await Self.apply(fields: fields)
    }

    static func apply(fields: [String] = Self.fields, people: [[String: Any]] = Self.people) async throws {
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = [
                [
                    "code": "fjordnett", "name": "Fjordnett AS", "connector": "portal", "language": "nb",
                    "people": people, "fields": fields, "contact": "noc@fjordnett.example",
                    "categories": ["network"],
                    "contract": ["acknowledges_within": "1h", "resolves_within": "8h"],
                ],
                [
                    "code": "printwerk", "name": "Printwerk BV", "connector": "portal", "fields": ["subject"],
                    "contact": "service@printwerk.example", "categories": ["printing"],
                ],
            ]
        }
        _ = try await TestDesk().store.apply(organisation, by: "the tests")
    }

    static var people: [[String: Any]] { [["name": "Ola Nett", "email": "Ola@fjordnett.example", "language": "nb"]] }

    /// A ticket that a supplier has, with a note to it.
    func refer(
        to supplier: String = "fjordnett", subject: String = "The printer is on fire", note: String = "Please look."
    ) async throws -> Ticket {
        let ticket = try await site.desk.store.accept(TestDesk.submission(subject: subject)).ticket
        try await record(on: ticket, note: note) { .referred(try Self.key(supplier, $0), note: $0.entry) }
        return ticket
    }

    func record(
        on ticket: Ticket, note: String? = nil, uploads: [Upload] = [],
        event: @escaping @Sendable (Occasion) throws -> Ticket.Event
    ) async throws {
        site.behind.time.advance(by: .seconds(60))
        site.desk.time.advance(by: .seconds(60))
        let recording = Recording(by: .program, note: note.map { Note($0, visibility: .internal, uploads: uploads) })
        try await site.behind.store.record(on: ticket.number, seeing: .desk, recording, event: event)
    }

    static func key(_ code: String, _ occasion: Occasion) throws -> SupplierID {
        try #require(occasion.directory.suppliers[code])
    }

    func exchange(of ticket: Ticket) async throws -> String {
        let uuid = try await site.behind.store.database.first(
            "select uuid from supplier_ticket where ticket = \(ticket.id) order by id desc limit 1", as: UUID.self)
        return "/supplier/portal/exchanges/\(try #require(uuid).uuidString.lowercased())"
    }

    /// The link that a mail to an address would hold.
    func link(to address: String, to place: String? = nil, identity: UUID = UUID()) -> String {
        let letter = SupplierLetter(to: address, .pass(place: place), at: site.desk.store.timekeeper.now)
        let pass = PortalPass(for: address.lowercased(), identity: identity.bytes, expiresAt: letter.expiresAt)
        return "/supplier/portal/pass?pass=\(pass.text(site.keys))" + (place.map { "&to=\($0)" } ?? "")
    }

    /// A browser in which somebody of a supplier has come in.
    func browser(of address: String) async throws -> Browser {
        var browser = site.browser()
        let page = await browser.get(link(to: address))
        expectPage(page)
        let response = await browser.post(
            "/supplier/portal/pass", ["pass": browser.hidden("pass"), "to": browser.hidden("to")])
        #expect(response.status == .seeOther)
        return browser
    }

    /// How the bond stands, and whether all its messages are delivered.
    func bond(of ticket: Ticket) async throws -> (state: String, theirs: String?, delivered: Bool) {
        try #require(
            await site.behind.store.database.first(
                """
                select b.state, b.their_reference,
                    (select bool_and(m.sent_at is not null) from supplier_message m where m.supplier_ticket = b.id)
                from supplier_ticket b where b.ticket = \(ticket.id) order by b.id desc limit 1
                """, as: (String, String?, Bool).self))
    }

    func log(of ticket: Ticket) async throws -> [String] {
        try await site.behind.store.database.all(
            "select kind from event where ticket = \(ticket.id) order by id", as: String.self)
    }

    /// The mails to suppliers that are owed, by whom they are for.
    func letters() async throws -> [String] {
        try await site.behind.store.database.all(
            "select arguments ->> 'address' from jobs.job where kind = 'letter.supplier' order by id", as: String.self)
    }

    func close() async { await site.close() }
}
