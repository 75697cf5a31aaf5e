import Desk
import DeskStore
import DeskTestSupport
import Moments
import Testing
import TimeZones

/// A ticket's life written down by hand, and what a person with a calendar and a pencil makes of it.
///
/// Steps are `day time what`, the day left out where it is that of the step before, times by the clock on the wall in
/// Oslo. All numbers are minutes; the cost is in hundredths.
struct HandWorkedCase {
    let name: String
    let site: String
    var kind = Ticket.Kind.incident
    let steps: String
    /// One for each time the ticket was resolved for good.
    let ends: [End]
    /// The wait until work began, on the wall and in opening hours; nil where it does not count.
    let response: Span?

    struct End {
        /// Nil where nobody worked on it.
        let service: Span?
        let through: Span
        /// In opening hours: at the first, second and third line, and at suppliers.
        let work: [Int]
        let suppliers: Int
        let cost: Int
        var isLost = false
    }

    struct Span {
        let wall: Int
        let hours: Int
        init(_ wall: Int, _ hours: Int) { (self.wall, self.hours) = (wall, hours) }
    }

    /// The log of the ticket.
    func log(_ played: PlayedDesk, number: Int) throws -> [RecordedEvent] {
        var place = try played.team("\(site.lowercased())-first", at: site)
        var day = ""
        var log: [RecordedEvent] = []
        let requester = PersonID(4711)
        for step in steps.split(separator: ", ") {
            var words = step.split(separator: " ").map(String.init)
            if words[0].contains("-") { day = words.removeFirst() }
            let at = try moment(day, words[0])
            let desk = Ticket.Actor.person(played.agent)
            if log.isEmpty {
                let channel = try #require(Channel(rawValue: words[1]))
                let opening = try Ticket.Opening(
                    number: #require(TicketNumber("\(site)-\(number)")), origin: played.site(site),
                    classification: Classification(
                        kind: kind, category: nil, impact: .medium, urgency: .medium, priority: .medium),
                    channel: channel, language: "en", requester: requester, intake: place, entry: EntryID(1))
                log.append(
                    RecordedEvent(
                        at: at, actor: channel == .phone ? desk : .person(requester), event: .opened(opening)))
                continue
            }
            if words.count == 3, ["give", "return"].contains(words[1]) {
                let home = words[2].prefix(3).uppercased()
                place = try played.team(words[2], at: home)
            }
            let event = try event(words[1], words.last ?? "", place, played)
            let isRequester = ["reply", "withdraw"].contains(words[1])
            log.append(RecordedEvent(at: at, actor: isRequester ? .person(requester) : desk, event: event))
        }
        return log
    }

    private func event(
        _ word: String, _ subject: String, _ place: Responsibility, _ played: PlayedDesk
    ) throws -> Ticket.Event {
        let note = EntryID(2)
        let supplier = played.directory.suppliers[subject] ?? played.directory.suppliers["fjordnett"]
        switch word {
        case "take": return .taken(played.agent)
        case "release": return .released
        case "say": return .messageSent(note)
        case "ask": return .requesterAsked(note)
        case "reply": return .requesterReplied(note)
        case "hold": return .putOnHold(until: nil, note: nil)
        case "resume": return .resumed
        case "give": return .handedOver(place, reason: "skill", note: note)
        case "return": return .foundInsufficient(place, note: note)
        case "refer": return .referred(try #require(supplier), note: nil)
        case "acknowledge": return .supplierAcknowledged(try #require(supplier), reference: "S-1")
        case "query": return .supplierAsked(try #require(supplier), note: note)
        case "answer": return .supplierAnswered(try #require(supplier), note: note)
        case "recall": return .recalled(try #require(supplier), note: nil)
        case "fixed": return .supplierResolved(try #require(supplier), note: nil)
        case "back": return .supplierReturned(try #require(supplier), note: nil)
        case "merge": return .merged(into: TicketID(4711))
        case "close": return .closed
        case "reopen": return .reopened(.notSolved, note: note)
        case "withdraw": return .resolved(.withdrawn, note: nil)
        default: return .resolved(try #require(Ticket.Outcome(rawValue: word)), note: note)
        }
    }

    /// Oslo is an hour ahead of UTC, and two from 29 March on.
    private func moment(_ day: String, _ time: String) throws -> Moment {
        try #require(Moment(rfc3339: "2026-\(day)T\(time):00\(day >= "03-29" ? "+02:00" : "+01:00")"))
    }
}
