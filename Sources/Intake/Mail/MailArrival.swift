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
        case report(MailKind, of: LetterID?, Thread, because: String)
        /// - `ofDomain`: how many of its author's domain there were in the hour, where that was counted already.
        case open(MailKind, SiteID, in: Directory, claims: Thread?, ofDomain: Int?, because: String)
        case followUp(TicketNumber, PersonID, SiteID, atMost: Int)
        case note(TicketNumber, by: PersonID, seeing: Sight, SiteID, atMost: Int)
        case answer(Answer)
    }

    let message: IncomingMessage
    let mail: ReceivedMail
    let door: MailDoor
    let recipient: Address
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
        // A report belongs to a ticket and touches none: it is answered as it was the first time.
        // What has no other way than to open a ticket is counted in the same round trip.
        let counted = kept == nil && !mayGoOn(with: recipients) ? countedDomain : nil
        let (earlier, directory, ofDomain) = try await store.earlier(mail, counting: counted)
        if kept == nil, let earlier {
            return .seen(earlier.kind, earlier.kind.opensOrFollows ? earlier.ticket : nil)
        }
        if message.isOurs(door.loopMark) {
            return .keep(.autoReply, because: MailReason.ownLetter.sentence())
        }
        if let answer = try await supplierAnswer(in: directory) { return .answer(answer) }
        if case .kept(let kind, let reason) = message.sorting { return try await report(kind, because: reason) }
        guard let author = message.author else {
            return .keep(.unreadable, because: MailReason.noAuthor.sentence())
        }
        guard !message.isEmpty else { return .keep(.unreadable, because: MailReason.nothingInIt.sentence()) }
        if directory.organisation.site(receiving: author.key) != nil || ReplyAddress.isShaped(author.key)
            || BounceAddress.isShaped(author.key) || ExchangeAddress.isShaped(author.key)
        {
            return .keep(.autoReply, because: MailReason.ownAddress.sentence())
        }
        guard let site = try await door.site(of: recipient, in: directory) else {
            return .keep(.unreadable, because: MailReason.unknownRecipient.sentence())
        }
        let rules = directory.organisation.process
        // Which copy of an answer comes first makes no difference: each names all that it was written to.
        guard let thread = try await thread(with: recipients) else {
            return .open(
                .request, site, in: directory, claims: nil, ofDomain: ofDomain,
                because: MailReason.newRequest.sentence())
        }
        return try await decide(on: thread, from: author, at: site, by: rules, in: directory)
    }

    private var recipients: [Address] { [recipient] + message.recipients }

    private func carryOut(_ decision: Decision) async throws -> Outcome {
        var sight = Sight.desk
        sight.seesUnsortedMail = kept != nil
        switch decision {
        case .followUp(_, let requester, _, _): sight.requester = requester
        case .report(_, _, let thread, _): sight.requester = thread.requester
        case .note(_, _, let own, _, _): (sight.scopes, sight.requester) = (own.scopes, own.requester)
        default: break
        }
        let isDomainCalm = try await isDomainCalm(at: decision)
        let outcome = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            let outcome = try await perform(decision, isDomainCalm: isDomainCalm, on: transaction)
            IntakePoint.beforeCommit.pass()
            return outcome
        }
        IntakePoint.afterCommit.pass()
        return outcome
    }
}
