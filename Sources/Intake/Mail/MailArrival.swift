import Desk
import DeskMail
import DeskStore
import Foundation
import Mail
import Moments
import Postgres
import Runtime

/// One message for one recipient: what it is to the desk, and the transaction that makes it so.
struct MailArrival: Sendable {
    struct Outcome: Sendable {
        let kind: MailKind
        var number: TicketNumber?

        /// As the mail system hears it.
        var note: String { number?.description ?? "kept \(kind.rawValue)" }
    }

    /// A mail that is here already and is sorted anew: somebody has looked at it, and it is taken however much its
    /// sender writes.
    struct Kept: Sendable {
        let mail: UUID
        let kind: MailKind
    }

    /// What is to be done, decided before anything is written.
    enum Decision: Sendable {
        case seen(MailKind, TicketNumber?)
        case keep(MailKind, because: String)
        case report(MailKind, of: LetterID, whoseRequester: PersonID, because: String)
        case open(MailKind, SiteID, atMost: Int, because: String)
        case followUp(TicketNumber, PersonID, SiteID, atMost: Int)
    }

    let message: IncomingMessage
    let mail: ReceivedMail
    let door: MailDoor
    private let recipient: Address
    let kept: Kept?

    init(_ message: IncomingMessage, for recipient: Address, door: MailDoor, kept: Kept? = nil) {
        (self.message, self.recipient, self.door) = (message, recipient, door)
        self.kept = kept
        var mail = message.received(for: recipient)
        mail.kept = kept.map { (mail: $0.mail, kind: $0.kind) }
        self.mail = mail
    }

    var store: DeskStore { door.store }

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
            if kept != nil { return Decision?.none }
            return try await transaction.earlier(mail).map {
                Decision.seen($0.kind, $0.kind.opensOrFollows ? $0.ticket : nil)
            }
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
        let limit = directory.organisation.process.mailsPerSender
        // Which copy of an answer comes first makes no difference: each names all that it was written to.
        guard let (number, requester) = try await conversation(with: [recipient] + message.recipients) else {
            return .open(.request, site, atMost: limit, because: "a new request")
        }
        if try await store.person(at: author.key)?.id == requester {
            return .followUp(number, requester, site, atMost: limit)
        }
        return .open(.claim, site, atMost: limit, because: "it follows up \(number), whose requester is somebody else")
    }

    /// What becomes of a report or an automatic answer: it belongs to the letter whose address it came to.
    private func report(_ kind: MailKind, because reason: String) async throws -> Decision {
        guard let letter = door.bounces.letter(in: recipient.key),
            let (_, requester) = try await conversation(with: [recipient])
        else { return .keep(kind, because: reason) }
        // Only a mail system writes to this address in nobody's name, in whatever words.
        let isReturn = message.sorting == .senderless
        return .report(
            isReturn ? .bounce : kind, of: letter, whoseRequester: requester,
            because: isReturn ? "a report in no known form" : reason)
    }

    /// Whose conversation it continues, by the addresses that it is for or by the letter that it answers.
    private func conversation(with recipients: [Address]) async throws -> (TicketNumber, PersonID)? {
        let identities = recipients.compactMap { door.identity(in: $0) } + message.answeredLetters
        if identities.isEmpty { return nil }
        return try await store.transaction { (transaction: borrowing Transaction) -> (TicketNumber, PersonID)? in
            for identity in identities {
                if let found = try await transaction.conversation(identity) { return (found.ticket, found.requester) }
            }
            return nil
        }
    }

    private func carryOut(_ decision: Decision) async throws -> Outcome {
        var sight = Sight.desk
        sight.seesUnsortedMail = kept != nil
        switch decision {
        case .followUp(_, let requester, _, _), .report(_, _, let requester, _): sight.requester = requester
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
}
