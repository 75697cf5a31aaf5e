import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import JSON
import Mail
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import Synchronization
import Testing

@Suite("Mails to a supplier", .database(template: TestDesk.template))
struct SupplierMailOrderTests {
    private static let later = SMTPReply(451, "4.7.1", "Greylisted, try again")
    private let desk: TestDesk

    init() throws { desk = try TestDesk(as: "meridian_routing", at: SendLetterHandlerTests.whenNothingIsWaitedFor) }

    /// A desk with a supplier that reads mail.
    private func door() async throws -> TestDesk {
        let organisation = try TestDesk.organisation { document in
            let others = (document["suppliers"] as? [[String: Any]] ?? []).filter {
                $0["code"] as? String != "printwerk"
            }
            let reader: [String: Any] = [
                "code": "printwerk", "name": "Printwerk BV", "connector": "email", "language": "en",
                "address": "service@printwerk.example", "contact": "service@printwerk.example", "fields": ["note"],
            ]
            document["suppliers"] = others + [reader]
        }
        let door = try TestDesk()
        _ = try await door.store.apply(organisation, by: "the tests")
        return door
    }

    /// Tells the supplier something, all in one moment, and has it go by mail as the supplier worker does.
    private func tell(_ words: String, on ticket: Ticket, isFirst: Bool = false, _ door: TestDesk) async throws {
        let directory = try await door.store.directory()
        let supplier = try #require(directory.suppliers["printwerk"])
        let recording = Recording(by: .program, note: Note(words, visibility: .internal))
        try await door.store.record(on: ticket.number, seeing: .desk, recording) { occasion in
            let note = try #require(occasion.entry)
            return isFirst ? .referred(supplier, note: note) : .supplierAnswered(supplier, note: note)
        }
        guard case .email(let terms)? = directory.supplier(supplier)?.connector else { return }
        try await door.store.transaction { (transaction: borrowing Transaction) in
            let id = try await transaction.first(
                "select id from supplier_ticket where ticket = \(ticket.id)", as: Int64.self)
            let bond = try #require(await transaction.bond(id ?? 0))
            let message = try #require(await transaction.nextMessage(of: bond.id))
            let facts = JSONObject([("note", words.json)])
            let payload = DeskMessage(
                kind: isFirst ? .referral : .answer, exchange: bond.uuid, ourReference: "\(ticket.number)",
                disclosure: Disclosure(of: facts, allowing: [.note]))
            let event = CloudEvent(
                id: UUID(), source: "https://desk.example", time: TestDesk.monday, sequence: message.sequence,
                payload: payload)
            _ = try await transaction.fix(event.text, of: message.id)
            try await door.store.oweLetter(
                message, of: bond, to: try #require(directory.supplier(supplier)), reading: terms, from: nil,
                using: transaction)
            try await transaction.run("update supplier_message set sent_at = now() where id = \(message.id)")
        }
    }

    private final class Tally: Sendable {
        private let count = Mutex(0)

        /// Whether nobody has asked before.
        var isFirst: Bool {
            count.withLock { count in
                count += 1
                return count == 1
            }
        }
    }

    private func words(_ taker: MailTaker) -> [String] {
        taker.caught.withLock { $0 }.filter { $0.to.first?.domain == "printwerk.example" }.compactMap { mail in
            mail.text.split(separator: "\n").first { $0.hasPrefix("Note: ") }.map { String($0.dropFirst(6)) }
        }
    }

    @Test("What is held up on its way is not overtaken by what was said after it; other exchanges do not wait")
    func order() async throws {
        let door = try await door()
        let tickets = [
            try await door.store.accept(TestDesk.submission()).ticket,
            try await door.store.accept(TestDesk.submission(from: "liv@customer.example")).ticket,
        ]
        try await tell("One.", on: tickets[0], isFirst: true, door)
        let (seen, desk) = (Tally(), desk)
        // The first one to the supplier.
        let taker = MailTaker { _, to in to.domain == "printwerk.example" && seen.isFirst ? Self.later : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            #expect(words(taker) == ["One."])
            try await tell("Two.", on: tickets[0], door)
            try await tell("Three.", on: tickets[0], door)
            try await tell("Other.", on: tickets[1], isFirst: true, door)
            try await run.drain("mail")
            #expect(words(taker) == ["One.", "Other."])
            desk.time.advance(by: .seconds(900))
            try await run.drain("mail-retries")
            #expect(words(taker) == ["One.", "Other.", "One."])
            for _ in 1...3 {
                try await door.store.database.run("update jobs.job set due = now() where state = 'ready'")
                try await run.drain("mail")
            }
            #expect(words(taker) == ["One.", "Other.", "One.", "Two.", "Three."])
        }
        await desk.store.database.close()
    }

    @Test("What waited for days behind a mail that was not taken still goes in its order")
    func longWait() async throws {
        let door = try await door()
        let ticket = try await door.store.accept(TestDesk.submission()).ticket
        try await tell("One.", on: ticket, isFirst: true, door)
        let (days, desk) = (Tally(), desk)
        let taker = MailTaker { _, to in to.domain == "printwerk.example" && days.isFirst ? Self.later : nil }
        try await taker.run { client in
            let run = RoutingRun(desk, client: client)
            try await run.drain("mail")
            for word in ["Two.", "Three.", "Four."] { try await tell(word, on: ticket, door) }
            desk.time.advance(by: .seconds(6 * 86_400))
            try await run.drain("mail-retries")
            // The last one first, as chance may have it.
            let jobs = try await door.store.database.all(
                "select id from jobs.job where kind = 'letter.send' and state = 'ready' order by id desc",
                as: Int64.self)
            for _ in 1...3 {
                for job in jobs {
                    try await door.store.database.run("update jobs.job set due = now() where id = \(job)")
                    try await run.drain("mail")
                }
            }
            #expect(words(taker) == ["One.", "One.", "Two.", "Three.", "Four."])
        }
        await desk.store.database.close()
    }
}
