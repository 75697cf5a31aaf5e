import Desk
import DeskMail
import DeskStore
import Moments
import Postgres
import SeedTestSupport

/// What people and mail systems do with the letters of the desk.
extension Simulation {
    /// How often letters about one ticket are answered.
    private static let mostAnswers = 5

    /// Reads what came from the desk: some of it is answered, some comes back.
    func readPost() async throws {
        let letters = world.outside.readPost()
        try await checkTold(letters)
        let unread = letters.filter { post.read.insert($0.messageID).inserted }
        try await leadsLook(at: unread)
        for letter in unread {
            let chance = Int.random(in: 0..<100, using: &random)
            switch chance {
            case 0..<3: send(.absence, on: letter, to: letter.from, after: 0...2)
            case 3..<5: send(.bounce, on: letter, to: letter.returnPath, after: 0...4000)
            case 5..<20: try await answer(letter, isEager: chance < 7)
            default: break
            }
        }
    }

    /// A lead who is told of a ticket has somebody look at it.
    private func leadsLook(at letters: [Outside.Letter]) async throws {
        if letters.isEmpty { return }
        let numbers = try await world.operators.database.all(
            """
            select distinct t.number from letter l join ticket t on t.id = l.ticket
            where l.uuid = any (\(letters.map(\.id.letter))) and l.audience = 'leads' and t.state <> 'closed'
            order by t.number
            """, as: TicketNumber.self)
        for number in numbers { lookAgain(at: number) }
    }

    private func send(_ kind: Mailing.Kind, on letter: Outside.Letter, to address: String, after wait: ClosedRange<Int>)
    {
        let mailing = Mailing(
            kind: kind, matter: post.nextMatter(), author: letter.recipient, recipients: [address],
            subject: kind == .absence ? "Out of office" : "Re: your letter", text: "It is \(post.sent) by the clock.",
            answered: letter.messageID)
        post.note(mailing)
        agenda.plan(.mail(mailing), at: now + .seconds(Int.random(in: wait, using: &random)))
    }

    /// The requester answers; seldom somebody else does, which is a matter of his own.
    private func answer(_ letter: Outside.Letter, isEager: Bool) async throws {
        let found = try await world.operators.database.first(
            """
            select t.number, l.audience from letter l join ticket t on t.id = l.ticket where l.uuid = \(letter.id.letter)
            """, as: (String, String).self)
        guard let (number, audience) = found, post.answers[number, default: 0] < Self.mostAnswers,
            audience == "requester" || isEager && post.answers[number, default: 0] == 0
        else { return }
        post.answers[number, default: 0] += 1
        let sites = try await world.intake.directory().organisation.sites
        let site = sites.randomElement(using: &random)?.addresses.first
        let isPlain = Int.random(in: 0..<4, using: &random) == 0
        send(.answer, on: letter, to: isPlain ? site ?? letter.from : letter.from, after: 60...40_000)
    }
}
