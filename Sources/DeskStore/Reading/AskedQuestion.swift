public import Desk
public import Moments

/// A question to somebody who did not get the ticket with it, and what became of it.
public struct AskedQuestion: Sendable {
    public let question: EntryView
    public let addressee: Inquiry.Addressee
    public let askedAt: Moment
    /// What was answered; nil while nothing is, and where the question was withdrawn.
    public internal(set) var answer: EntryView?
    /// When it was answered, withdrawn, or settled by the end of the ticket; nil while it is open.
    public internal(set) var endedAt: Moment?
}

extension TicketView {
    /// Every question that was asked about the ticket, oldest first, as its log tells.
    public var questions: [AskedQuestion] {
        let entries = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        let open = Set(ticket.undertakings.inquiries.map(\.question))
        var found: [AskedQuestion] = []
        for line in log {
            switch line.recorded.event {
            case .inquired(let addressee, let question):
                guard let entry = entries[question] else { continue }
                found.append(AskedQuestion(question: entry, addressee: addressee, askedAt: line.recorded.at))
            case .inquiryAnswered(let question, let answer):
                guard let place = found.firstIndex(where: { $0.question.id == question }) else { continue }
                (found[place].answer, found[place].endedAt) = (entries[answer], line.recorded.at)
            case .inquiryWithdrawn(let question):
                guard let place = found.firstIndex(where: { $0.question.id == question }) else { continue }
                found[place].endedAt = line.recorded.at
            default: continue
            }
        }
        for place in found.indices where found[place].endedAt == nil && !open.contains(found[place].question.id) {
            found[place].endedAt = ticket.times.resolved ?? ticket.updatedAt
        }
        return found
    }
}
