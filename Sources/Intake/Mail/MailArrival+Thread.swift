import Desk
import DeskMail
import DeskStore
import Foundation
import Mail
import Postgres

/// Which ticket a mail goes on with, and who its author is to that ticket.
extension MailArrival {
    /// A ticket that a mail names in one of the ways that there are.
    struct Thread: Sendable {
        let ticket: TicketNumber
        let requester: PersonID
        /// Whether only somebody who had a letter about the ticket can have named it: by an address with the desk's
        /// code in it, or by the letter.
        let isProven: Bool
    }

    /// The first of these that leads to a ticket: an address that our letters carry, a letter that it answers, a mail
    /// to us that it answers, the number in its subject.
    func thread(with recipients: [Address]) async throws -> Thread? {
        guard mayGoOn(with: recipients) else { return nil }
        let identities = recipients.compactMap { door.identity(in: $0) } + message.answeredLetters
        let (answered, numbers) = (message.answered, message.subjectNumbers)
        // The address of an exchange was given to a supplier, whom nothing makes a person of the desk.
        let isProven = !recipients.contains { door.exchanges.exchange(in: $0.key) != nil }
        return try await store.transaction { (transaction: borrowing Transaction) -> Thread? in
            for identity in identities {
                if let found = try await transaction.conversation(identity) {
                    return Thread(ticket: found.ticket, requester: found.requester, isProven: isProven)
                }
            }
            return try await transaction.thread(answering: answered, naming: numbers).map {
                Thread(ticket: $0.ticket, requester: $0.requester, isProven: false)
            }
        }
    }

    /// Whether it names anything that may lead to a ticket.
    func mayGoOn(with recipients: [Address]) -> Bool {
        !message.answered.isEmpty || !message.subjectNumbers.isEmpty
            || recipients.contains { door.identity(in: $0) != nil }
    }

    /// What becomes of a mail that goes on with a ticket. Whoever is nobody to the ticket has a ticket of his own,
    /// which claims to go on with it.
    func decide(
        on thread: Thread, from author: Address, at site: SiteID, by rules: ProcessRules, in directory: Directory
    ) async throws -> Decision {
        let limit = rules.mailsPerSender
        let person = try await store.person(at: author.key)?.id
        if person == thread.requester { return .followUp(thread.ticket, thread.requester, site, atMost: limit) }
        let reason = MailReason.claim.sentence(thread.ticket.description)
        let claim = Decision.open(.claim, site, in: directory, claims: thread, ofDomain: nil, because: reason)
        // Anybody can write a name into From, and a number into a subject.
        guard thread.isProven, let person else { return claim }
        let rights = try await store.rights(of: person)
        let follows = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.follows(thread.ticket, by: person)
        }
        var sight = rights.sight
        if follows { sight.requester = thread.requester }
        guard follows || !rights.grants.isEmpty || !rights.positions.isEmpty,
            try await store.card(of: thread.ticket, seeing: sight) != nil
        else { return claim }
        return .note(thread.ticket, by: person, seeing: sight, site, atMost: limit)
    }

    /// What becomes of a report or an automatic answer: it stands at the ticket that it is about, and touches nothing.
    func report(_ kind: MailKind, because reason: String) async throws -> Decision {
        let addressed = door.bounces.letter(in: recipient.key)
        // Only a mail system writes to this address in nobody's name, in whatever words.
        let isReturn = addressed != nil && message.sorting == .senderless
        let about = addressed ?? message.returnedLetter
        let identities = [recipient].compactMap { door.identity(in: $0) } + [about?.letter].compactMap(\.self)
        let found = try await store.transaction { (transaction: borrowing Transaction) -> Thread? in
            for identity in identities + message.answeredLetters {
                if let found = try await transaction.conversation(identity) {
                    return Thread(ticket: found.ticket, requester: found.requester, isProven: true)
                }
            }
            return nil
        }
        guard let found else { return .keep(kind, because: reason) }
        return .report(
            isReturn ? .bounce : kind, of: about, found,
            because: isReturn ? MailReason.reportInNoForm.sentence() : reason)
    }
}

extension IncomingMessage {
    /// The letters of ours that it answers, the nearest first.
    var answeredLetters: [UUID] { answered.compactMap { LetterID($0)?.letter ?? Self.conversation($0) } }

    /// The mails that it answers, the nearest first.
    var answered: [String] {
        var seen: Set<String> = []
        return (message.inReplyTo + message.references.reversed()).prefix(50)
            .map { Self.storable($0, atMost: 500) }.filter { seen.insert($0).inserted }
    }

    /// The letter that a report returns, or of which it returns the header.
    var returnedLetter: LetterID? {
        guard case .kept = sorting else { return nil }
        let original = DeliveryReport(message)?.original ?? message.attachments.first(where: \.isReturned)?.parsed
        return original?.messageID.flatMap { LetterID($0) } ?? message.inReplyTo.compactMap { LetterID($0) }.first
    }

    /// The numbers of tickets that the subject names between brackets, as our letters do.
    var subjectNumbers: [TicketNumber] {
        message.subject.split(separator: "[").dropFirst().prefix(10).compactMap { rest in
            rest.firstIndex(of: "]").flatMap { TicketNumber(rest[..<$0].uppercased()) }
        }
    }

    /// The conversation that the first reference of all our letters names: `ticket.<uuid>@…`.
    private static func conversation(_ reference: String) -> UUID? {
        guard reference.lowercased().hasPrefix("ticket.") else { return nil }
        return UUID(uuidString: String(reference.dropFirst(7).prefix { $0 != "@" }))
    }
}

extension Attachment {
    fileprivate var isReturned: Bool { isMessage || type == "text/rfc822-headers" }

    fileprivate var parsed: Message { MessageParser().parse(content) }
}
