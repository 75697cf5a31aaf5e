import Desk
import DeskTestSupport
import Mail
import Postgres
import PostgresTestSupport
import SeedTestSupport
import Synchronization
import Testing

extension RealProcessTests {
    @Suite(
        "Mail that comes again and again while gateways are killed",
        .enabled(if: MailCorpus.isThere, "the shared corpus of mail is not there"))
    struct RepeatedMailTests {
        /// Mails of which each is an enquiry of its own to whoever looks at them without the desk's code: no two have
        /// the same author and identifier, or say the same.
        private static func corpus() -> [MailCorpus.File] {
            var seen: Set<String> = []
            return MailCorpus.files(in: "mikel").filter { file in
                let message = MessageParser().parse(file.bytes)
                guard let id = message.messageID else { return false }
                let author = message.author?.key ?? ""
                let words = [message.subject, message.text].map {
                    $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
                }
                return seen.insert("\(author) sent \(id)").inserted && seen.insert("\(author) said \(words)").inserted
            }
        }

        @Test(
            """
            Real mail, sent thrice by four senders to gateways that are killed at random: a ticket for each enquiry, \
            nothing lost, nothing doubled
            """,
            .database(template: TestDesk.template))
        func thrice() async throws {
            try await TestDesk.apply(process: ["mails_per_sender": 100_000])
            var random = Seed.ofThisRun
            print("RepeatedMailTests: MERIDIAN_TEST_SEED=\(random.number)")
            let files = Self.corpus()
            let sendings = files.map { MailCorpus.Sending($0, using: &random) }
            let queue = (0..<3).flatMap { _ in sendings }.shuffled(using: &random)
            let gateways = try RunningGateways(2)
            let database = try TestDatabase.current
            let killer = Killer(of: gateways.programs, seed: Seed(random.next()), kills: 12, every: 5...15) {
                try await database.first("select count(*) from inbound_mail", as: Int.self) ?? 0
            }
            let answers = Answers()
            let lanes = (0..<4).map { (first: $0, seed: Seed(random.next())) }
            try await gateways.serve {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await killer.run() }
                    for lane in lanes {
                        group.addTask {
                            var random = lane.seed
                            for place in stride(from: lane.first, to: queue.count, by: lanes.count) {
                                let mail = queue[place]
                                let said = try await MailSender.send(
                                    mail.file.bytes, to: mail.recipients, by: gateways.mail, &random)
                                answers.note(said, of: mail.file)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(killer.isDone && gateways.programs.map(\.starts).reduce(0, +) >= 12)
            try await Self.check(answers.all, of: files, "\(Seed.ofThisRun), killed \(killer.killed)")
        }

        /// - Parameter answers: what the desk said of each file, at whichever address and time.
        private static func check(_ answers: [String: Set<String>], of files: [MailCorpus.File], _ run: String)
            async throws
        {
            #expect(answers.count == files.count, "\(run)")
            let several = answers.filter { $0.value.count != 1 }
            #expect(several.isEmpty, "each mail is one thing however often it comes: \(several), \(run)")
            let numbers = answers.values.joined().filter { TicketNumber($0) != nil }
            #expect(numbers.count > 50, "\(run)")
            let database = try TestDatabase.current
            let tickets = try await database.all("select number from ticket", as: String.self)
            // Neither two enquiries in one ticket, nor one in two, nor a ticket that nobody was told of.
            #expect(Set(tickets) == Set(numbers) && Set(tickets).count == tickets.count, "\(run)")
            // Who answers a mail that somebody else sent claims to go on with that ticket, and gets one of his own.
            // Of two mails of one sender in a thread, the one that comes second goes on with the ticket of the first.
            func count(_ kinds: [String]) async throws -> Int? {
                try await database.first(
                    """
                    select count(*) from inbound_mail
                    where kind = any (\(kinds)) and reason <> 'the same message in other words'
                    """, as: Int.self)
            }
            #expect(try await count(["request", "claim"]) == tickets.count, "\(run)")
            #expect(try await count(["request", "claim", "follow_up"]) == numbers.count, "\(run)")
            for doubled in [
                "select count(*) from (select from entry group by ticket, text having count(*) > 1) d",
                """
                select count(*) from (
                    select from letter where kind = 'acknowledgement' group by ticket having count(*) > 1) d
                """,
            ] as [SQL] {
                #expect(try await database.first(doubled, as: Int.self) == 0, "\(run)")
            }
        }
    }
}

/// What the desk said of each mail.
private final class Answers: Sendable {
    private let said = Mutex<[String: Set<String>]>([:])

    var all: [String: Set<String>] { said.withLock(\.self) }

    func note(_ answers: [String: String], of file: MailCorpus.File) {
        said.withLock { $0[file.name, default: []].formUnion(answers.values) }
    }
}
