import Desk
import DeskStore
import Foundation
import Moments
import SeedTestSupport

/// What the people of the team that has a ticket do with it.
extension Simulation {
    func work(_ act: Act, on ticket: Ticket) async throws {
        if act == .resolve { return try await resolve(ticket) }
        let (person, sight) = try await agent(of: ticket.responsibility.place.team)
        var article: UUID?
        var (text, isVisible): (String?, Bool) = (nil, false)
        let choose: @Sendable (Occasion) throws -> Ticket.Event
        switch act {
        case .note, .mention:
            let name = try await somebody(act == .mention)
            text = "Looked at it.\(name)"
            choose = { .noteAdded(try $0.words()) }
        case .message:
            (text, isVisible) = ("We are at it.", true)
            if Int.random(in: 0..<3, using: &random) == 0 { article = try await anyArticle(seeing: sight) }
            choose = { .messageSent(try $0.words()) }
        case .ask:
            (text, isVisible) = ("Since when?", true)
            choose = { .requesterAsked(try $0.words()) }
        case .hold:
            let hours = Int.random(in: -1...70, using: &random)
            let until = hours > 60 ? nil : now + .seconds(hours * 3600)
            choose = { _ in .putOnHold(until: until, note: nil) }
        case .resume: choose = { _ in .resumed }
        case .release: choose = { _ in .released }
        case .close: choose = { _ in .closed }
        case .detach: choose = { _ in .leftParent }
        case .standDown: choose = { _ in .stoodDown }
        case .judgeSufficient: choose = { _ in .foundSufficient }
        case .keepPromise: choose = { _ in .callbackMade(note: nil) }
        case .promise:
            let due = now + .seconds(Int.random(in: -60...40_000, using: &random))
            choose = { _ in .callbackPromised(due: due) }
        case .withdraw: choose = { _ in .resolved(.withdrawn, note: nil) }
        case .reopen: choose = { _ in .reopened(.notSolved, note: nil) }
        case .changeOwner:
            let positions = try await world.intake.directory().organisation.positions.map(\.code)
            let code = positions.randomElement(using: &random) ?? ""
            choose = {
                guard let position = $0.directory.positions[code] else { throw Nobody() }
                return .ownerChanged(position)
            }
        case .escalate:
            let level = EscalationLevel.allCases.randomElement(using: &random) ?? .lead
            choose = { _ in .escalated(level, .requesterComplained) }
        case .change:
            text = "Because he said so."
            choose = changing(ticket)
        default: choose = { _ in .taken(person) }
        }
        let note = text.map { Note($0, visibility: isVisible ? .public : .internal, channel: .web) }
        var recording = Recording(by: .person(person), note: note)
        recording.article = article
        try await world.intake.record(on: ticket.number, seeing: sight, recording, event: choose)
    }

    /// How a colleague is called in a note; nothing where nobody is.
    private func somebody(_ isCalled: Bool) async throws -> String {
        guard isCalled else { return "" }
        let people = try await world.intake.directory().organisation.people.map(\.email)
        return people.randomElement(using: &random).map { " Ask @\($0)." } ?? ""
    }

    /// Another classification: by the matrix, or by somebody's word against it.
    private func changing(_ ticket: Ticket) -> @Sendable (Occasion) throws -> Ticket.Event {
        var changes = Changes()
        let kind = Int.random(in: 0..<4, using: &random)
        switch kind {
        case 0: changes.impact = Impact.allCases.randomElement(using: &random)
        case 1: changes.urgency = Urgency.allCases.randomElement(using: &random)
        case 2: changes.priority = Priority.allCases.randomElement(using: &random)
        default: changes.kind = [.incident, .serviceRequest, .informationRequest].randomElement(using: &random)
        }
        let wanted = changes
        return { occasion in
            var changes = wanted
            if changes.priority != nil { changes.reason = occasion.entry }
            let matrix = occasion.directory.organisation.matrix
            return .changed(changes.prioritised(for: occasion.ticket.classification, by: matrix))
        }
    }

    /// The requester writes, by mail or on the portal.
    func reply(about ticket: Ticket) async throws {
        let note = Note("It still does not work.", visibility: .public, channel: .mail)
        let heard = try await world.intake.hear(
            note, from: ticket.requester, about: ticket.number, seeing: Sight(requester: ticket.requester))
        // What was merged goes on in the other ticket, and what is long closed in another one.
        let number = heard.record.ticket.number
        if number != ticket.number { lookAgain(at: number) }
    }
}
