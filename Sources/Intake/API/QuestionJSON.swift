import Desk
import DeskStore
import Foundation
import JSON
import Moments

/// A question about a ticket as the API tells of it, with what became of it.
struct QuestionJSON {
    let asked: AskedQuestion
    let view: TicketView

    init(_ asked: AskedQuestion, of view: TicketView) { (self.asked, self.view) = (asked, view) }

    var json: JSON {
        let number = view.ticket.number
        return .object([
            "id": asked.question.uuid.uuidString.lowercased(), "to": asked.addressee.json(in: view.directory),
            "asked_at": asked.askedAt, "text": asked.question.text, "ended_at": asked.endedAt,
            "answer": asked.answer.map { EntryJSON($0, of: number).json } ?? .null,
        ])
    }
}

extension Inquiry.Addressee {
    func json(in directory: Directory) -> JSON {
        switch self {
        case .team(let place): place.json(in: directory)
        case .supplier(let supplier): .object(["supplier": directory.suppliers.code(of: supplier)])
        }
    }
}

extension Place {
    func json(in directory: Directory) -> JSON {
        .object(["site": directory.code(of: site), "tier": tier, "team": directory.teams.code(of: team)])
    }
}
