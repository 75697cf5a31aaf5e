import Catalogue
import Desk
import DeskMail
import DeskStore
import Mail
import Moments
import Postgres
import Runtime
import Secrets

/// What a decision about a message comes to, in one transaction.
extension MailArrival {
    /// How many tickets of one sender are acknowledged within an hour. A program that answers every letter without
    /// saying that it is one then hears nothing more that it could answer.
    static let acknowledgedPerSender = 10

    /// - Parameter isDomainCalm: see ``isDomainCalm(at:)``.
    func perform(
        _ decision: Decision, isDomainCalm: Bool = true, on transaction: borrowing Transaction
    ) async throws -> Outcome {
        let now = store.timekeeper.now
        switch decision {
        case .seen(let kind, let number):
            try await transaction.keep(
                mail, as: .duplicate, ticket: nil, entry: nil, because: MailReason.seenBefore.sentence(), now: now)
            return Outcome(kind: kind, number: number)
        case .keep(let kind, let reason):
            try await transaction.keep(mail, as: kind, ticket: nil, entry: nil, because: reason, now: now)
            return Outcome(kind: kind)
        case .report(let kind, let letter, let thread, let reason):
            var sent: SentLetter?
            if let letter { sent = try await transaction.sentLetter(letter.letter, to: letter.person) }
            let ticket = try await transaction.key(of: thread.ticket)
            try await transaction.keep(
                mail, as: kind, ticket: sent?.ticket ?? ticket, entry: nil, about: sent, because: reason, now: now)
            if let sent, message.bounces.contains(where: { $0.isFailure && $0.reason == .userUnknown }) {
                try await transaction.markUndeliverable(sent, now: now)
            }
            if let sent, kind == .bounce, message.saysItDidNotArrive {
                try await store.tellOfReturn(of: sent, at: now, using: transaction)
            }
            return Outcome(kind: kind)
        case .answer(let answer): return try await keep(answer, now: now, on: transaction)
        case .open(let kind, let site, let directory, let claimed, _, let reason):
            return try await open(
                kind, at: site, in: directory, isDomainCalm: isDomainCalm, claims: claimed, because: reason, now: now,
                using: transaction)
        case .followUp(let number, let requester, let site, let limit):
            return try await followUp(
                number, from: requester, asRequester: true, at: site, atMost: limit, now: now, using: transaction)
        case .note(let number, let person, _, let site, let limit):
            return try await followUp(
                number, from: person, asRequester: false, at: site, atMost: limit, now: now, using: transaction)
        }
    }

    private func open(
        _ kind: MailKind, at site: SiteID, in directory: Directory, isDomainCalm: Bool, claims claimed: Thread?,
        because reason: String, now: Moment, using transaction: borrowing Transaction
    ) async throws -> Outcome {
        let enquiry = message.enquiry(for: mail)
        var looking = Batch()
        let earlier = looking.knownUnderOrganisation(enquiry, now: now)
        if let known = try await transaction.ask(looking)[earlier] {
            return try await join(known, enquiry, at: site, now: now, using: transaction)
        }
        var submission = submission(at: site)
        let count = count(atMost: directory.organisation.process.mailsPerSender)
        var batch = Batch()
        let questions = store.arriving(submission, counting: count, in: directory, asking: &batch)
        let answers = try await transaction.ask(batch)
        var number = try questions.count(in: answers)
        if number == nil { number = try await transaction.counted(count, at: now) }
        guard let number, try await mayPass(number, count, now: now, using: transaction) else {
            return Outcome(kind: .parked)
        }
        submission.isAcknowledged = isDomainCalm && isAcknowledged(number)
        let opened = try await store.open(submission, cause: cause, asked: (questions, answers), using: transaction)
        if opened.isReturned { transaction.markDeliverable(message.author?.key ?? "") }
        let record = opened.record
        transaction.keep(enquiry, as: record.ticket.id, now: now)
        if let claimed, let other = try await transaction.claimed(claimed.ticket) {
            _ = try await store.note(record.ticket.id, goesOnWith: other, using: transaction)
        }
        try await transaction.keep(
            mail, as: kind, ticket: record.ticket.id, entry: opened.entry, because: reason, now: now)
        return Outcome(kind: kind, number: record.ticket.number)
    }

    /// Keeps the message as it came and makes nothing of it.
    func keepUnread() async throws -> Outcome {
        try await store.transaction { (transaction: borrowing Transaction) in
            try await perform(
                .keep(.unreadable, because: MailReason.cannotBeKept.sentence()), on: transaction)
        }
    }

    private func followUp(
        _ number: TicketNumber, from author: PersonID, asRequester isRequester: Bool, at site: SiteID,
        atMost limit: Int, now: Moment, using transaction: borrowing Transaction
    ) async throws -> Outcome {
        let enquiry = message.enquiry(for: mail)
        let answered = try await transaction.key(of: number)
        if let answered, let known = try await transaction.known(enquiry, answering: answered, now: now) {
            return try await join(known, enquiry, at: site, now: now, using: transaction)
        }
        let counting = count(atMost: limit)
        let count = try await transaction.count(counting, at: now)
        guard try await mayPass(count, counting, now: now, using: transaction) else { return Outcome(kind: .parked) }
        let (ticket, reason) =
            isRequester
            ? try await hear(author, on: number, at: site, isAcknowledged: isAcknowledged(count), using: transaction)
            : try await note(author, on: number, using: transaction)
        transaction.keep(enquiry, as: ticket.id, answering: answered, now: now)
        try await keep(as: .followUp, on: ticket.id, because: reason, now: now, using: transaction)
        return Outcome(kind: .followUp, number: ticket.number)
    }

    /// What the requester of a ticket answers.
    private func hear(
        _ requester: PersonID, on number: TicketNumber, at site: SiteID, isAcknowledged: Bool,
        using transaction: borrowing Transaction
    ) async throws -> (Ticket, String) {
        let heard = try await store.hear(
            message.note, from: requester, about: number, cause: cause, isAcknowledged: isAcknowledged,
            using: transaction)
        _ = try await store.listen(to: heard.record, at: site, cause: cause, using: transaction)
        let ticket = heard.record.ticket
        let reason =
            heard.isFollowUp
            ? MailReason.answeredClosed.sentence(number.description)
            : ticket.number == number
                ? MailReason.requesterAnswered.sentence()
                : MailReason.answeredMerged.sentence(number.description, ticket.number.description)
        return (ticket, reason)
    }

    /// What an agent or a follower answers to a letter.
    private func note(
        _ author: PersonID, on number: TicketNumber, using transaction: borrowing Transaction
    ) async throws -> (Ticket, String) {
        let record = try await store.note(message.note, by: author, about: number, cause: cause, using: transaction)
        return (record.ticket, MailReason.deskAnswered.sentence())
    }

    /// The enquiry has a ticket: one more copy of it, which may say more than the first one.
    private func join(
        _ known: KnownEnquiry, _ enquiry: Enquiry, at site: SiteID, now: Moment,
        using transaction: borrowing Transaction
    ) async throws -> Outcome {
        let saysMore =
            known.hasSameWords ? false : try await saysMore(than: known, using: transaction)
        let record = try await store.hearAgain(
            known, at: site, saying: saysMore ? message.note : nil, cause: cause, using: transaction)
        let ticket = record.ticket
        if !known.wasHere { transaction.keep(enquiry, as: known.ticket, answering: known.answers, now: now) }
        if saysMore {
            try await keep(
                as: .followUp, on: ticket.id, because: MailReason.otherWords.sentence(), now: now, using: transaction)
        } else {
            let reason: MailReason = known.isSameMessage ? .sameMessage : .sameWords
            try await transaction.keep(
                mail, as: .duplicate, ticket: ticket.id, entry: nil, because: reason.sentence(), now: now)
        }
        return Outcome(kind: saysMore ? .followUp : .duplicate, number: ticket.number)
    }

    /// Whether it says or brings what its author has not in the ticket: some programs give all their messages the same
    /// Message-ID, and none of them may be lost.
    private func saysMore(than known: KnownEnquiry, using transaction: borrowing Transaction) async throws -> Bool {
        try await transaction.see(with: known)
        let words = EnquiryWords(subject: message.subject, text: message.text)
        let isSaid = try await transaction.words(ofRequesterIn: known.ticket).contains { text in
            let said = EnquiryWords(subject: message.subject, text: text)
            return said.isWithin(words) || words.isWithin(said)
        }
        if !isSaid { return true }
        let files = Set(message.uploads.map(\.content.digest))
        return try await !files.isSubset(of: transaction.digests(ofFilesIn: known.ticket))
    }

    /// How mails of its sender are counted; what somebody has looked at has no limit.
    private func count(atMost limit: Int) -> MailCount {
        MailCount(of: message.author?.key ?? "", atMost: kept == nil ? limit : nil)
    }

    /// Whether it is not one mail of its sender too many within the hour; that one is kept for somebody to look at.
    private func mayPass(
        _ number: Int, _ count: MailCount, now: Moment, using transaction: borrowing Transaction
    ) async throws -> Bool {
        if count.allows(number) { return true }
        try await transaction.keep(
            mail, as: .parked, ticket: nil, entry: nil, because: MailReason.tooMany.sentence("\(number)"), now: now)
        return false
    }

    /// Whether the sender is told that his mail has arrived, as the last of so many within the hour.
    private func isAcknowledged(_ count: Int) -> Bool {
        message.sorting == .request(isAutomatic: false) && count <= Self.acknowledgedPerSender
    }

    /// Whether the author's domain has not been told of more new tickets within the hour than the rules allow: programs
    /// that answer each other under many names have one domain.
    ///
    /// It is counted before the transaction, which would hold up all mail of the domain until its commit.
    func isDomainCalm(at decision: Decision) async throws -> Bool {
        guard case .open(_, _, let directory, _, let count, _) = decision, let domain = countedDomain
        else { return true }
        let limit = directory.organisation.process.acknowledgementsPerDomain
        if let count { return count <= limit }
        return try await store.allows(domain, atMost: limit)
    }

    /// Under what the new tickets of the author's domain are counted; nil for what is not answered in any case.
    var countedDomain: String? {
        guard message.sorting == .request(isAutomatic: false), let domain = message.author?.domain.lowercased(),
            !domain.isEmpty
        else { return nil }
        return "mail-from:\(domain)"
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
            from: Contact(
                address: author?.key ?? "", name: message.authorName, likelyLanguage: message.likelyLanguage?.tag),
            subject: message.subject,
            text: message.text, channel: .mail, site: site, uploads: message.uploads)
        (submission.folds, submission.html) = (message.folds, message.html)
        return submission
    }
}

extension IncomingMessage {
    /// What it says, for a ticket that there is.
    fileprivate var note: Note {
        var note = Note(text, visibility: .public, channel: .mail, subject: subject, uploads: uploads)
        (note.folds, note.html) = (folds, html)
        return note
    }

    /// By what it is known again at another address.
    fileprivate func enquiry(for mail: ReceivedMail) -> Enquiry {
        Enquiry(
            at: mail.recipient, from: author?.key ?? "", messageID: id, EnquiryWords(subject: subject, text: text),
            files: uploads.map(\.content.digest))
    }
}
