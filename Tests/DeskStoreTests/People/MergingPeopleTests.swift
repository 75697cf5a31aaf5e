import Desk
import DeskTestSupport
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@testable import DeskStore

@Suite("Two people turn out to be one", .database(template: TestDesk.template))
struct MergingTests {
    private func person(at address: String, on desk: TestDesk) async throws -> PersonID {
        try await desk.accept(from: address).requester
    }

    /// Every column that points at a person and still names one, but for the record of what was changed.
    private func traces(of person: PersonID) async throws -> [String] {
        let columns = try await TestDatabase.current.all(
            """
            select c.conrelid::regclass::text, a.attname from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
            where c.contype = 'f' and c.confrelid = 'person'::regclass and c.conparentid = 0
                and c.conrelid <> 'person_event'::regclass
            """, as: (String, String).self)
        #expect(columns.count >= 20)
        var found: [String] = []
        for (table, column) in columns {
            let names: SQL = """
                select exists (select from \(identifier: table) where \(identifier: column) = \(person))
                """
            if try await TestDatabase.current.first(names, as: Bool.self) == true { found.append("\(table).\(column)") }
        }
        return found
    }

    @Test("Tickets, words, marks, notices, positions and addresses follow, each ticket with an event; sessions end")
    func everything() async throws {
        let desk = try TestDesk()
        let kept = try await person(at: "ann@new.example", on: desk)
        let gone = try await desk.person("kari.nordmann")
        let mine = try await desk.accept(from: "kari.nordmann@norrsken.example")
        let worked = try await desk.accept(from: "other@customer.example")
        try await desk.record(on: worked, by: .person(gone)) { _ in .taken(gone) }
        try await desk.record(on: worked, by: .person(gone), note: "Done") { .noteAdded(try #require($0.entry)) }
        try await desk.store.startSession(digest: [1], person: gone)
        try await desk.store.setAvailability(.busy, of: gone)
        try await desk.store.choose([.assigned: .page], for: gone)
        try await desk.store.choose([.assigned: .page], for: kept)
        _ = try await desk.store.addAccount("hash", of: gone)
        _ = try await desk.store.enter(AbsenceDraft(.holiday, deputy: kept), of: gone, by: .program)
        let post = try #require(await desk.store.rights(of: gone).positions.first)
        _ = try await desk.store.roster(
            gone, as: post, since: desk.time.now, until: desk.time.now + .seconds(60), insteadOf: kept, by: .program)
        try await TestDatabase.current.run(
            "insert into follower (ticket, person, since) values (\(worked.id), \(gone), now())")
        let rights = try await desk.store.rights(of: gone)

        let survivor = try await desk.store.merge(gone, into: kept, by: .program, cause: "test")
        #expect(survivor == kept)
        #expect(try await traces(of: gone) == [])
        for ticket in [mine, worked] {
            let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
            #expect(view.log.last?.recorded.event == .personMerged(gone, into: kept))
            #expect(view.ticket.revision == Int64(view.log.count))
        }
        let after = try await desk.store.rights(of: kept)
        #expect(after.positions.sorted() == rights.positions.sorted() && after.grants == rights.grants)
        #expect(try await desk.store.caller(session: [1]).caller == nil)
        let card = try #require(await desk.store.card(of: kept))
        #expect(card.addresses == ["ann@new.example", "kari.nordmann@norrsken.example"])
        #expect(try await desk.store.absences(of: [kept]).map(\.deputy) == [nil], "nobody is his own deputy")
        let left = try #require(await desk.store.card(of: gone))
        #expect(left.addresses.isEmpty && left.mergedInto == card.uuid)
        #expect(try await desk.accept(from: "kari.nordmann@norrsken.example").requester == kept)
        #expect(
            try await TestDatabase.current.all("select kind from person_event order by id", as: String.self).suffix(2)
                == ["merged", "absorbed"])
    }

    @Test("The log of a ticket that changed hands by a merge replays to what stands in the table")
    func replay() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(from: "old@customer.example")
        // Somebody of the desk who solved what he had asked for himself.
        try await desk.record(on: ticket) { _ in .taken(ticket.requester) }
        try await desk.record(on: ticket) { _ in .resolved(.solved, note: nil) }
        try await desk.record(on: ticket) { _ in .closed }
        let kept = try await person(at: "new@customer.example", on: desk)
        desk.time.advance(by: .seconds(1))
        try await desk.store.merge(ticket.requester, into: kept, by: .program)
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        guard case .opened(let opening) = view.log[0].recorded.event else { throw CancellationError() }
        var (replayed, _) = Ticket.open(
            opening, id: ticket.id, at: view.log[0].recorded.at, by: view.log[0].recorded.actor)
        for line in view.log.dropFirst() {
            _ = try replayed.apply(line.recorded.event, at: line.recorded.at, by: line.recorded.actor)
        }
        #expect(replayed == view.ticket && view.ticket.requester == kept)
        #expect(view.ticket.responsibility.person == kept)
    }

    @Test("Merging again, or the other way round, changes nothing; a chain of merges leads to one, never in a circle")
    func chains() async throws {
        let desk = try TestDesk()
        var people: [PersonID] = []
        for name in ["a", "b", "c", "d"] { people.append(try await person(at: "\(name)@customer.example", on: desk)) }
        let store = desk.store
        #expect(try await store.merge(people[0], into: people[1], by: .program) == people[1])
        #expect(try await store.merge(people[0], into: people[1], by: .program) == people[1])
        #expect(try await store.merge(people[1], into: people[0], by: .program) == people[1])
        #expect(try await store.merge(people[1], into: people[1], by: .program) == people[1])
        #expect(try await store.merge(people[1], into: people[2], by: .program) == people[2])
        // He who went first is the third one now, and so the fourth goes there too.
        #expect(try await store.merge(people[3], into: people[0], by: .program) == people[2])
        let events = try await TestDatabase.current.first(
            "select count(*) from event where kind = 'person_merged'", as: Int.self)
        #expect(events == 1 + 2 + 1, "the first one's ticket moved twice")
        let deep = try await TestDatabase.current.first(
            """
            select count(*) from person p join person k on k.id = p.merged_into where k.merged_into is not null
            """, as: Int.self)
        #expect(deep == 0)
        await #expect(throws: NoSuchPerson.self) {
            try await store.merge(PersonID(999_999), into: people[0], by: .program)
        }
    }

    @Test(
        "Merges every way round at once, with mail from all addresses meanwhile: one person is left, with everything",
        .timeLimit(.minutes(4)))
    func race() async throws {
        let desk = try TestDesk()
        let names = (0..<5).map { "twin\($0)@customer.example" }
        var people: [PersonID] = []
        for name in names { people.append(try await person(at: name, on: desk)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for gone in people {
                for kept in people where kept != gone {
                    group.addTask { try await desk.store.merge(gone, into: kept, by: .program) }
                }
            }
            for index in 0..<40 {
                group.addTask { _ = try await desk.accept(from: names[index % names.count]) }
            }
            try await group.waitForAll()
        }
        for person in people.dropFirst() { try await desk.store.merge(person, into: people[0], by: .program) }
        let survivor = try #require(await desk.store.person(at: names[0])).id
        #expect(try await desk.store.card(of: survivor)?.addresses.sorted() == names)
        let owners = try await TestDatabase.current.all("select distinct requester from ticket", as: PersonID.self)
        #expect(owners == [survivor])
        let counts = try await TestDatabase.current.first(
            "select count(*), count(*) filter (where merged_into is not null) from person where id = any (\(people))",
            as: (Int, Int).self)
        #expect(counts.map { [$0.0, $0.1] } == [5, 4])
        let logs = try await TestDatabase.current.first(
            """
            select count(*) from ticket t where t.revision <> (select count(*) from event e where e.ticket = t.id)
                or t.revision <> (select max(e.revision) from event e where e.ticket = t.id)
            """, as: Int.self)
        #expect(logs == 0, "every change of a ticket has its event")
    }

    @Test("A mail that is being written down while its sender is merged stands with the one who stays")
    func mailMeanwhile() async throws {
        let desk = try TestDesk()
        let gone = try await person(at: "slow@customer.example", on: desk)
        let kept = try await person(at: "stays@customer.example", on: desk)
        // The door has read the sender and goes on only once the merge waits.
        let (found, tell) = AsyncStream.makeStream(of: Void.self)
        let database = try TestDatabase.current
        async let merged = {
            for await _ in found { break }
            return try await desk.store.merge(gone, into: kept, by: .program)
        }()
        let ticket = try await desk.store.transaction { (transaction: borrowing Transaction) in
            let sender = try await transaction.person(
                at: "slow@customer.example", orKnownAs: "", language: "nb", homeSite: nil, now: desk.time.now)
            #expect(sender.id == gone)
            tell.yield()
            let isWaiting: SQL = """
                select exists (select from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock')
                """
            while try await database.first(isWaiting, as: Bool.self) != true { await Task.yield() }
            return try await desk.store.accept(
                TestDesk.submission(from: "slow@customer.example"), cause: nil, using: transaction
            ).ticket
        }
        #expect(try await merged == kept)
        let owner = try await TestDatabase.current.first(
            "select requester from ticket where id = \(ticket.id)", as: PersonID.self)
        #expect(owner == kept)
    }

    @Test("What was written about somebody by who still knew him as another comes to the one who stays a little later")
    func stragglers() async throws {
        let desk = try TestDesk()
        let gone = try await person(at: "late@customer.example", on: desk)
        let kept = try await person(at: "stays@customer.example", on: desk)
        try await desk.store.merge(gone, into: kept, by: .program)
        let ticket = try await desk.accept(from: "somebody@customer.example")
        try await TestDatabase.current.run("update ticket set requester = \(gone) where id = \(ticket.id)")
        try await TestDesk.playing("meridian_routing") { worker in
            let moved = try await worker.store.settle(mergeOf: gone, cause: "test")
            let again = try await worker.store.settle(mergeOf: gone, cause: "test")
            #expect([moved, again] == [1, 0])
        }
        #expect(try await traces(of: gone) == [])
        let job = try await TestDatabase.current.first(
            "select count(*) from jobs.job where kind = 'people.settle-merge'", as: Int.self)
        #expect(job == 1)
    }

    @Test(
        "The gateway's role merges by the one function alone; who stays sees the tickets of both, and nobody else does")
    func secondLock() async throws {
        let desk = try TestDesk()
        let (gone, kept) = (
            try await desk.accept(from: "gone@customer.example"), try await desk.accept(from: "kept@customer.example")
        )
        let other = try await desk.accept(from: "other@customer.example")
        try await TestDesk.playing("meridian_intake") { door in
            await #expect(throws: DatabaseError.self) {
                try await door.store.database.run(
                    "update person set merged_into = \(kept.requester) where id = \(gone.requester)")
            }
            for number in [gone.number, kept.number] {
                #expect(
                    try await door.store.view(
                        of: number, seeing: Sight(requester: other.requester), including: false) == nil)
            }
            try await door.store.merge(gone.requester, into: kept.requester, by: .program)
            for number in [gone.number, kept.number] {
                let eyes = Sight(requester: kept.requester)
                #expect(try await door.store.view(of: number, seeing: eyes, including: false) != nil)
                for stranger in [gone.requester, other.requester] {
                    let eyes = Sight(requester: stranger)
                    #expect(try await door.store.view(of: number, seeing: eyes, including: false) == nil)
                }
            }
        }
    }
}
