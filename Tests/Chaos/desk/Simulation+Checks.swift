import Desk
import DeskMail
import DeskStore
import Moments
import Postgres

/// What must hold, and is looked at again and again.
extension Simulation {
    /// Everything that is looked at across all tickets; each ticket is looked at whenever something happens to it.
    func check(everything: Bool) async throws {
        let database = world.operators.database
        for rule in Rule.always(at: now) + (everything ? Rule.finally : []) {
            let found = try await database.all("select * from (\(rule.query)) f limit 3", as: (String, String).self)
            for (about, details) in found {
                fail(rule.name, about: about, details)
                if rule.name.contains("untold") { report.late += 1 }
            }
        }
        try await checkAcknowledged()
        try await checkMail()
        if everything {
            try await checkMatters()
            lastEvent = 0
            try await checkTouched()
            try await checkOutside()
        }
    }

    /// Tells the tickets anew to which something has happened since it was last looked.
    func checkTouched() async throws {
        let database = world.operators.database
        let newest = try await database.first("select max(id) from event", as: Int64?.self) ?? nil
        guard !faults.isOut, let newest, newest > lastEvent else { return }
        let tickets = try await database.all(
            """
            select number from ticket where id in (select ticket from event where id > \(lastEvent)) order by id
            """, as: TicketNumber.self)
        lastEvent = newest
        for number in tickets {
            guard let view = try await world.operators.view(of: number, seeing: .desk, including: true) else {
                fail("a ticket with events is there", about: "\(number)", "it is not")
                continue
            }
            try await checkReplay(of: view)
        }
        for line in world.complaints.takeContradictions() {
            fail("the records agree with one another", about: "the records", line)
        }
    }

    private func checkAcknowledged() async throws {
        let kept = Set(try await world.operators.database.all("select number from ticket", as: TicketNumber.self))
        for number in acknowledged where !kept.contains(number) {
            report.lost += 1
            fail("what was acknowledged is there", about: "\(number)", "there is no such ticket")
        }
        for number in kept.subtracting(acknowledged).sorted(by: { $0.description < $1.description }) {
            report.doubled += 1
            fail("what is there was acknowledged", about: "\(number)", "nobody was told of this ticket")
        }
    }

    /// What the desk knows of a letter to somebody, by the name that it has here.
    private func whatIsKnown(of name: String) async throws -> String {
        let uuid = name.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        return try await world.operators.database.all(
            """
            select format('%s to %s %s of %s, written %s, person %s, tried %s times, begun %s, refused %s,
                reply %s', l.kind, l.audience, l.subject, t.number, l.written_at, d.person, d.tries, d.begun_at,
                d.refused, d.reply)
            from letter l join ticket t on t.id = l.ticket left join delivery d on d.letter = l.id
            where l.uuid::text = \(uuid)
            """, as: String.self
        ).joined(separator: "; ")
    }

    /// Letters and messages went out, each once but where a fault excuses that it came twice.
    private func checkOutside() async throws {
        let deliveries = try await world.operators.database.all(
            """
            select l.uuid::text, d.person, d.sent_at is not null, d.is_unsure or d.begun_at is not null, d.tries
            from delivery d join letter l on l.id = d.letter
            """,
            as: (String, Int64, Bool, Bool, Int).self)
        let merged = try await world.operators.database.all(
            "select id, merged_into from person where merged_into is not null", as: (Int64, Int64).self)
        let survivors = Dictionary(merged) { first, _ in first }
        let letters = world.outside.letters { survivors[$0] ?? $0 }
        var (sent, perhaps, putOff): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        for (uuid, person, isSent, isUnsure, tries) in deliveries {
            let name = "letter \(uuid) to person \(survivors[person] ?? person)"
            if isSent { sent.insert(name) }
            if isUnsure { perhaps.insert(name) } else if tries > 0 { putOff.insert(name) }
        }
        for name in sent.subtracting(perhaps).subtracting(letters.keys).sorted() {
            fail("what is sent has arrived", about: name, "it has not")
        }
        for (name, arrivals) in letters.sorted(by: { $0.key < $1.key }) where !sent.contains(name) {
            // Of what a server took and said it did not take, nobody can know better.
            if arrivals.acknowledged == 0, putOff.contains(name) { continue }
            let known = try await whatIsKnown(of: name)
            let said = "came \(arrivals.count) times, which was said \(arrivals.acknowledged) times"
            fail("what has arrived was sent", about: name, "\(said); the desk does not know that it sent it: \(known)")
        }
        let twice = letters.filter { $0.value.count > 1 }
        let excuses = faults.broken + (report.faults["confused outside"] ?? 0)
        if twice.values.reduce(0, { $0 + $1.count - 1 }) > excuses {
            report.doubled += twice.count
            fail("a letter comes once", about: twice.keys.sorted().first ?? "", "\(twice.count) came more often")
        }
        if world.outside.strangeLetters > 0 {
            fail("every mail is a letter", about: "\(world.outside.strangeLetters) mails", "they have no name of one")
        }
        for (exchange, heard) in suppliers.heard where heard != heard.sorted() || Set(heard).count != heard.count {
            fail("messages come in their order", about: "\(exchange)", "\(heard)")
        }
        let again = suppliers.seen.filter { $0.value > 1 && !suppliers.excused.contains($0.key) }
        if again.count > faults.broken {
            report.doubled += again.count
            fail("a message comes once", about: again.keys.sorted().first ?? "", "\(again.count) came more often")
        }
    }
}
