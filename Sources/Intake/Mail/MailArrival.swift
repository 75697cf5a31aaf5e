import Desk
import DeskMail
import DeskStore
import Mail
import Moments
import Postgres
import Runtime

/// One message for one recipient: what it is to the desk, and the transaction that makes it so.
struct MailArrival: Sendable {
    struct Outcome: Sendable {
        let kind: MailKind
        var number: TicketNumber?
        /// The ticket that it opened.
        var opened: TicketRecord?
    }

    /// What is to be done, decided before anything is written.
    private enum Decision: Sendable {
        case seen(MailKind, TicketNumber?)
        case keep(MailKind, because: String)
        case report(MailKind, of: LetterID, whoseRequester: PersonID, because: String)
        case open(MailKind, SiteID, because: String)
        case followUp(TicketNumber, PersonID)
        case join(TicketRecord)
    }

    private let message: IncomingMessage
    private let recipient: Address
    private let mail: ReceivedMail
    private let door: MailDoor
    /// What the same message has opened for other recipients.
    private let opened: [SiteID: TicketRecord]

    init(_ message: IncomingMessage, for recipient: Address, door: MailDoor, opened: [SiteID: TicketRecord]) {
        (self.message, self.recipient, self.door, self.opened) = (message, recipient, door, opened)
        mail = message.received(for: recipient)
    }

    private var store: DeskStore { door.store }

    /// Keeps the message. Two copies that arrive at once are told apart by the database: the later one looks again.
    func settle() async throws -> Outcome {
        do {
            return try await carryOut(try await decide())
        } catch let error as DatabaseError where error.constraint == "inbound_mail_once" {
            return try await carryOut(try await decide())
        }
    }

    private func decide() async throws -> Decision {
        let earlier = try await store.transaction { (transaction: borrowing Transaction) in
            // A report belongs to a ticket and touches none: it is answered as it was the first time.
            try await transaction.earlier(mail).map { Decision.seen($0.kind, $0.kind.opensOrFollows ? $0.ticket : nil) }
        }
        if let earlier { return earlier }
        if case .kept(let kind, let reason) = message.sorting { return try await report(kind, because: reason) }
        guard let author = message.author else {
            return .keep(.unreadable, because: "nobody can be made out who sent it")
        }
        guard !message.isEmpty else { return .keep(.unreadable, because: "there is nothing in it") }
        let directory = try await store.directory()
        if directory.organisation.site(receiving: author.key) != nil || ReplyAddress.isShaped(author.key)
            || BounceAddress.isShaped(author.key)
        {
            return .keep(.autoReply, because: "it comes from an address of the desk itself")
        }
        guard let site = try await door.site(of: recipient) else {
            return .keep(.unreadable, because: "the recipient is not known any more")
        }
        guard let (number, requester) = try await conversation() else {
            return opened[site].map { .join($0) } ?? .open(.request, site, because: "a new request")
        }
        if try await store.person(at: author.key)?.id == requester { return .followUp(number, requester) }
        return .open(.claim, site, because: "it follows up \(number), whose requester is somebody else")
    }

    /// What becomes of a report or an automatic answer: it belongs to the letter whose address it came to.
    private func report(_ kind: MailKind, because reason: String) async throws -> Decision {
        guard let letter = door.bounces.letter(in: recipient.key), let (_, requester) = try await conversation() else {
            return .keep(kind, because: reason)
        }
        // Only a mail system writes to this address in nobody's name, in whatever words.
        let isReturn = message.sorting == .senderless
        return .report(
            isReturn ? .bounce : kind, of: letter, whoseRequester: requester,
            because: isReturn ? "a report in no known form" : reason)
    }

    /// Whose conversation it continues, by the address that it is for or by the letter that it answers.
    private func conversation() async throws -> (TicketNumber, PersonID)? {
        let identities = [door.identity(in: recipient)].compactMap(\.self) + message.answeredLetters
        return try await store.transaction { (transaction: borrowing Transaction) -> (TicketNumber, PersonID)? in
            for identity in identities {
                if let found = try await transaction.conversation(identity) { return (found.ticket, found.requester) }
            }
            return nil
        }
    }

    private func carryOut(_ decision: Decision) async throws -> Outcome {
        var sight = Sight.desk
        switch decision {
        case .followUp(_, let requester), .report(_, _, let requester, _): sight.requester = requester
        default: break
        }
        let outcome = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            let outcome = try await perform(decision, on: transaction)
            IntakePoint.beforeCommit.pass()
            return outcome
        }
        IntakePoint.afterCommit.pass()
        return outcome
    }

    private func perform(_ decision: Decision, on transaction: borrowing Transaction) async throws -> Outcome {
        let now = store.timekeeper.now
        switch decision {
        case .seen(let kind, let number):
            try await transaction.keep(
                mail, as: .duplicate, ticket: nil, entry: nil, because: "the same as one before", now: now)
            return Outcome(kind: kind, number: number)
        case .keep(let kind, let reason):
            try await transaction.keep(mail, as: kind, ticket: nil, entry: nil, because: reason, now: now)
            return Outcome(kind: kind)
        case .report(let kind, let letter, _, let reason):
            let sent = try await transaction.sentLetter(letter.letter, to: letter.person)
            try await transaction.keep(
                mail, as: kind, ticket: sent?.ticket, entry: nil, about: sent, because: reason, now: now)
            return Outcome(kind: kind)
        case .join(let record):
            try await transaction.keep(
                mail, as: .duplicate, ticket: record.ticket.id, entry: nil,
                because: "the same message to another address of the site", now: now)
            return Outcome(kind: .duplicate, number: record.ticket.number)
        case .open(let kind, let site, let reason):
            let record = try await store.accept(submission(at: site), cause: cause, using: transaction)
            try await keep(as: kind, on: record.ticket.id, because: reason, now: now, using: transaction)
            return Outcome(kind: kind, number: record.ticket.number, opened: record)
        case .followUp(let number, let requester):
            let note = Note(
                message.text, visibility: .public, channel: .mail, subject: message.subject, uploads: message.uploads)
            let heard = try await store.hear(
                note, from: requester, about: number, cause: cause,
                isAcknowledged: message.sorting == .request(isAutomatic: false), using: transaction)
            let ticket = heard.record.ticket
            let reason =
                heard.isFollowUp
                ? "an answer to \(number), which has been closed for long"
                : ticket.number == number
                    ? "the requester's answer" : "an answer to \(number), which was merged into \(ticket.number)"
            try await keep(as: .followUp, on: ticket.id, because: reason, now: now, using: transaction)
            return Outcome(kind: .followUp, number: ticket.number)
        }
    }

    private func keep(
        as kind: MailKind, on ticket: TicketID, because reason: String, now: Moment,
        using transaction: borrowing Transaction
    ) async throws {
        let entry = try await transaction.lastEntry(of: ticket)
        try await transaction.keep(mail, as: kind, ticket: ticket, entry: entry, because: reason, now: now)
    }

    private var cause: String { String("mail \(message.id)".prefix(200)) }

    private func submission(at site: SiteID) -> Submission {
        let author = message.author
        var submission = Submission(
            from: Contact(address: author?.key ?? "", name: author?.name ?? ""), subject: message.subject,
            text: message.text, channel: .mail, site: site, uploads: message.uploads)
        submission.isAcknowledged = message.sorting == .request(isAutomatic: false)
        return submission
    }
}
