import Desk
import DeskStore
import DeskTestSupport
import JSON
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

/// One after the other, because connections are counted for the whole server.
@Suite("deskctl doctor", .serialized, .database(template: TestDesk.template))
struct DoctorTests {
    /// The findings by the name of the check.
    private func findings(_ settings: [String: String] = [:], status: Int32) async throws -> [String: JSON] {
        let answer = try await Operator(settings).run("doctor", "--json")
        #expect(answer.status == status, "\(answer.text) \(answer.errorText)")
        let rows = try #require(try JSON.parse(answer.text).array)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["check"]?.string ?? "", $0) })
    }

    private func setSecrets() async throws {
        let store = try TestDesk().store
        let secrets = SecretStore(store, keys: try MasterKeys(parsing: Operator.masterKey))
        for supplier in try await store.directory().organisation.suppliers {
            for name in supplier.connector.terms.secrets { try await secrets.set(name, to: [1]) }
        }
    }

    /// A letter that was owed this long ago and has not gone out.
    private func oweLetter(for age: Duration) async throws {
        let then = SystemTime().now - age
        _ = try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            try await transaction.enqueue(SendLetter(letter: 1), now: then)
        }
    }

    @Test("finds nothing wrong with a desk in order, and says what it looked at")
    func inOrder() async throws {
        try await setSecrets()
        try await oweLetter(for: .seconds(60))
        let found = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 0)
        #expect(
            Set(found.keys) == [
                "database", "schema", "organisation", "secrets", "mail out", "mail in", "connections", "queue",
                "holidays", "automation", "deadlines",
            ])
        #expect(found.values.allSatisfy { $0["ok"] == true })
        let text = try await Operator().run("doctor")
        #expect(text.status == 0 && text.text.contains("MERIDIAN_SMTP is not set here"))
    }

    @Test("names the rules that were stopped, how often and why")
    func stoppedRules() async throws {
        try await setSecrets()
        let ticket = try await TestDesk().store.accept(TestDesk.submission()).ticket.id
        for _ in 0..<2 {
            try await TestDatabase.current.run(
                """
                insert into automation_stop (ticket, rule, reason, at)
                values (\(ticket), 'Echo', 'goes_in_circles', \(SystemTime().now))
                """)
        }
        let found = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 1)
        #expect(found["automation"]?["detail"]?.string?.contains("\"Echo\" 2 times (goes_in_circles)") == true)
    }

    @Test("names the deadlines that could not be told, the next to be tried first, with the reason")
    func deadlines() async throws {
        try await setSecrets()
        let store = try TestDesk().store
        var numbers: [TicketNumber] = []
        for order in 0..<7 {
            let ticket = try await store.accept(TestDesk.submission(from: "p\(order)@x.example")).ticket
            numbers.append(ticket.number)
            try await TestDatabase.current.run(
                """
                update deadline d set failures = 3, fault = 'the moon is full',
                    retry_at = timestamptz '2026-03-02 12:00Z' - \(order) * interval '1 minute'
                from clock c where c.id = d.clock and c.ticket = \(ticket.id) and c.measure = 'resolution'
                    and d.kind = 'breach'
                """)
        }
        let found = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 1)
        let detail = try #require(found["deadlines"]?["detail"]?.string)
        #expect(detail.hasPrefix("could not be told and are set aside: \(numbers[6]) (resolution, due 2026-"))
        #expect(detail.contains("tried 3 times, next at 2026-03-02T11:54:00Z: the moon is full); \(numbers[5]) ("))
        #expect(detail.hasSuffix(" and more") && !detail.contains("\(numbers[1]) "))
        let plan = try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
            try await transaction.run("set local enable_seqscan = off")
            return try await transaction.all(
                """
                explain select 1 from deadline where fired_at is null and retry_at is not null and due_at is not null
                order by retry_at limit 6
                """, as: String.self)
        }
        #expect(plan.contains { $0.contains("deadline_failed") }, "\(plan)")
    }

    @Test("names the secrets that are missing")
    func secrets() async throws {
        let found = try await findings(status: 1)
        let detail = try #require(found["secrets"]?["detail"]?.string)
        #expect(found["secrets"]?["ok"] == false)
        #expect(detail.hasPrefix("not set: fjordnett-incoming, fjordnett-outgoing"))
        #expect(found["database"]?["ok"] == true)
    }

    @Test("tells of letters that wait, and of the setting without which they do")
    func letters() async throws {
        try await setSecrets()
        for _ in 1...3 { try await oweLetter(for: .seconds(600)) }
        let unset = try await findings(status: 1)
        let detail = try #require(unset["mail out"]?["detail"]?.string)
        #expect(unset["mail out"]?["ok"] == false)
        #expect(detail.hasPrefix("letters wait since ") && detail.contains(": 3. MERIDIAN_SMTP is not set here"))
        let set = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 1)
        #expect(set["mail out"]?["detail"]?.string?.contains("log of routing-worker") == true)
    }

    @Test("tells why no mail goes out, and what single servers refuse for now, which is no trouble of the desk")
    func smarthost() async throws {
        try await setSecrets()
        let database = try TestDatabase.current
        try await database.run(
            """
            insert into smarthost_trouble (since, at, reason)
            values (now() - interval '1 hour', now(), 'the mail server cannot be used as it is set up: wrong password')
            """)
        let found = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 1)
        let detail = try #require(found["mail out"]?["detail"]?.string)
        #expect(detail.hasPrefix("no mail goes out since ") && detail.contains("wrong password"))
        try await database.run("delete from smarthost_trouble")

        let record = try await TestDesk().store.accept(TestDesk.submission())
        try await database.run(
            """
            insert into delivery (letter, person, address, tries, first_tried_at, next_try_at, reply)
            select id, \(record.ticket.requester), 'kari@customer.example', 1, now(), now() + interval '1 hour',
                '451 4.7.1 later' from letter limit 1
            """)
        try await database.run("delete from jobs.job")
        let calm = try await findings(["MERIDIAN_SMTP": "smtp://localhost"], status: 0)
        #expect(calm["mail out"]?["detail"]?.string?.contains("1, such as \"451 4.7.1 later\"") == true)
    }

    @Test("adds up what the pools of the running programs may open, which can be more than the server has room for")
    func pools() async throws {
        try await setSecrets()
        let own = try TestDatabase.own
        let before = try await findings(status: 0)
        #expect(before["connections"]?["detail"]?.string?.contains(" programs may open ") == true)

        for (program, pool) in [("intake-gateway", 600), ("routing-worker", 700)] {
            var reader = SettingsReader {
                ["MERIDIAN_DATABASE": own.connection.text, "MERIDIAN_POOL": "\(pool)"][$0]
            }
            let name = reader.database(program: program)?.programName ?? ""
            let database = own.open { $0.programName = name }
            _ = try await database.first("select 1", as: Int.self)
        }
        let found = try await findings(status: 1)
        let detail = try #require(found["connections"]?["detail"]?.string)
        // Other tests may have a gateway of their own running beside these two.
        let sum = try #require(detail.firstMatch(of: /^the pools of the \d+ programs that are running add up to (\d+)/))
        #expect(Int(sum.1) ?? 0 >= 1_302)
    }

    @Test("tells of jobs that were given up, and of a schema that is not there")
    func queueAndSchema() async throws {
        try await setSecrets()
        try await oweLetter(for: .zero)
        try await TestDatabase.current.run("update jobs.job set state = 'dead', died_at = now()")
        let found = try await findings(status: 1)
        #expect(found["queue"]?["detail"]?.string == "1 jobs were given up. Run: deskctl jobs dead")

        try await TestDatabase.with { empty in
            let environment = ["MERIDIAN_DATABASE": empty.connection.text, "MERIDIAN_SECRET": Operator.masterKey]
            let answer = try await Operator(only: environment).run("doctor")
            #expect(answer.status == 1)
            #expect(answer.output.contains { $0.hasPrefix("WRONG  schema") })
            #expect(answer.output.contains { $0.hasPrefix("ok     database") })
        }
    }
}
