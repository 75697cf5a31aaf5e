import Desk
import DeskStore
import DeskTestSupport
import Intake
import Mail
import Postgres
import PostgresTestSupport
import Runtime
import SeedTestSupport
import Sockets
import Testing

@Suite("Mail that comes again and again", .enabled(if: MailCorpus.isThere, "the shared corpus of mail is not there"))
struct MailReplayTests {
    private static let sender = "envelope@customer.example"

    /// Whoever looks at the mails without the desk's code: the same author and Message-ID, or without one the same
    /// bytes, is one enquiry.
    private static func name(of file: MailCorpus.File) -> String? {
        let message = MessageParser().parse(file.bytes)
        guard case .request = MailSorting(message, sender: sender),
            !(message.text.isEmpty && message.subject.isEmpty && message.attachments.isEmpty)
        else { return nil }
        let author = message.author.flatMap { $0.isComplete ? $0.key : nil } ?? sender
        return "\(author) \(message.messageID ?? file.name)"
    }

    /// Files that say the same under different Message-IDs are one enquiry or two, by the order in which they come; one
    /// of them is enough here.
    private static func corpus() -> [MailCorpus.File] {
        var said: [String: String] = [:]
        return MailCorpus.files(in: "mikel").filter { file in
            let message = MessageParser().parse(file.bytes)
            let words = [message.subject, message.text].map {
                $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            let key = "\(message.author?.key ?? "") \(words)"
            let name = message.messageID ?? file.name
            defer { said[key] = said[key] ?? name }
            return said[key].map { $0 == name } ?? true
        }
    }

    @Test(
        "Real mail, sent thrice to several desks over four connections cut off at random: a ticket for each enquiry",
        .database(template: TestDesk.template))
    func replay() async throws {
        try await TestDesk.apply(process: ["mails_per_sender": 100_000])
        var random = Seed.ofThisRun
        let files = Self.corpus()
        let sendings = files.map { MailCorpus.Sending($0, using: &random) }
        let enquiries = Set(files.compactMap(Self.name))
        #expect(enquiries.count > 50)
        // A mail server sends one copy for all recipients, or one for each of them.
        var queue = (0..<3).flatMap { _ in
            sendings.flatMap { sending in
                Bool.random(using: &random)
                    ? [sending] : sending.recipients.map { MailCorpus.Sending(file: sending.file, recipients: [$0]) }
            }
        }
        queue.shuffle(using: &random)
        let breaks = try await Self.feed(queue, &random)
        #expect(breaks > 50, "\(random)")
        let tickets = try await TestGateway.rows()["ticket"]
        func count(_ kinds: [String]) async throws -> Int? {
            try await TestDatabase.current.first(
                """
                select count(*) from inbound_mail
                where kind = any (\(kinds)) and reason <> 'the same message in other words'
                """, as: Int.self)
        }
        // Of two mails of one sender in a thread, the one that comes second goes on with the ticket of the first.
        let (opening, all) = (
            try await count(["request", "claim"]), try await count(["request", "claim", "follow_up"])
        )
        #expect(opening == tickets && all == enquiries.count, "\(opening ?? 0), \(all ?? 0), \(random)")
        // Each desk that got a mail received its ticket or listens to it.
        let directory = try await TestDesk().store.directory()
        let sites = MailCorpus.desks.compactMap { directory.organisation.site(receiving: $0) }.compactMap {
            directory.sites[$0.code]
        }
        #expect(sites.count == MailCorpus.desks.count)
        let deaf = try await TestDatabase.current.first(
            """
            select count(*) from enquiry e join ticket t on t.id = e.ticket
            join unnest(\(MailCorpus.desks), \(sites)) desk (door, site) on desk.door = e.door
            where desk.site <> t.site and desk.site <> all (t.listeners)
            """, as: Int.self)
        #expect(deaf == 0, "\(random)")
        let copies = try await TestDatabase.current.first("select count(*) from enquiry", as: Int.self)
        #expect(copies ?? 0 > enquiries.count, "\(random)")
    }

    /// Sends everything over four connections at a time, to two gateways of their own.
    ///
    /// - Returns: how often a connection broke.
    private static func feed(_ queue: [MailCorpus.Sending], _ random: inout Seed) async throws -> Int {
        let lanes = (0..<4).map { lane in (seed: Seed(random.next()), from: lane) }
        return try await withGateways(2) { addresses in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for lane in lanes {
                    let feeder = MailFeeder(address: addresses[lane.from % addresses.count])
                    group.addTask {
                        var (random, broken) = (lane.seed, 0)
                        for place in stride(from: lane.from, to: queue.count, by: lanes.count) {
                            let mail = queue[place]
                            broken += try await feeder.send(
                                mail.file.bytes, from: sender, to: mail.recipients, &random)
                        }
                        return broken
                    }
                }
                return try await group.reduce(0, +)
            }
        }
    }

    /// Runs gateways with pools of their own until `body` is done.
    private static func withGateways(
        _ count: Int, _ body: @escaping @Sendable ([SocketAddress]) async throws -> Int
    ) async throws -> Int {
        let loops = TestDatabase.loops
        let stop = StopSignal()
        let listeners = try (0..<count).map { _ in try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)) }
        let addresses = listeners.map(\.address)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for listener in listeners {
                let door = try TestMailDoor().door
                let server = LMTPServer(
                    on: listener, hostName: "desk.example", loops: loops, accept: { try await door.accept($0) },
                    deliver: { await door.deliver($0, $1) })
                group.addTask { try await server.run(until: stop) }
            }
            let outcome: Result<Int, any Error>
            do {
                outcome = .success(try await loops.next().run { try await body(addresses) })
            } catch {
                outcome = .failure(error)
            }
            stop.raise()
            try await group.waitForAll()
            return try outcome.get()
        }
    }
}
