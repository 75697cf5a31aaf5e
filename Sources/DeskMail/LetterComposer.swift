import Catalogue
import Desk
public import DeskStore
import Foundation
public import Mail
public import Moments
public import Secrets
import TimeZones

/// Writes the mail that a letter becomes for one of its recipients, in his language.
public struct LetterComposer: Sendable {
    private let replyAddress: ReplyAddress
    private let bounceAddress: BounceAddress
    private let links: ConversationToken
    /// Where people reach the desk with a browser, without a slash at the end.
    private let publicURL: String

    public init(keys: MasterKeys, publicURL: String) {
        (replyAddress, bounceAddress) = (ReplyAddress(keys), BounceAddress(keys))
        links = ConversationToken(keys, for: .link)
        self.publicURL = publicURL
    }

    public func draft(_ letter: OwedLetter, for person: PersonRecord, at now: Moment) -> Draft? {
        let ticket = letter.record.ticket
        guard let site = letter.directory.site(ticket.origin), let to = Address(person.address) else { return nil }
        let words = LetterWords(
            letter: letter, person: person.id, wording: Wording(Language(tag: person.language) ?? .english))
        let desk = "\(letter.directory.organisation.name) \(site.name)"
        var draft = Draft(
            from: sender(of: letter, at: site, named: desk),
            to: [Address(name: person.name, local: to.local, domain: to.domain)], subject: words.subject,
            text: text(words, letter: letter, for: person, desk: desk),
            messageID: LetterID(letter: letter.uuid, person: person.id).text(at: site.replyDomain), date: now)
        // One invented reference for all letters of a ticket makes mail programs show them as one conversation.
        draft.references = ["ticket.\(letter.conversation.uuidString.lowercased())@\(site.replyDomain)"]
        draft.autoSubmitted = letter.kind == .acknowledgement ? .replied : .generated
        draft.fields = [.init("Precedence", "bulk"), .init("X-Auto-Response-Suppress", "All")]
        return draft
    }

    /// Where mail systems report what became of a letter to one person.
    public func returnAddress(of letter: OwedLetter, to person: PersonRecord) -> Address? {
        letter.directory.site(letter.record.ticket.origin).map {
            bounceAddress.address(for: LetterID(letter: letter.uuid, person: person.id), at: $0.replyDomain)
        }
    }

    /// The address that answers go to: into the ticket, unless it is that of somebody else.
    private func sender(of letter: OwedLetter, at site: Site, named desk: String) -> Address {
        if letter.kind == .followedSolved, let address = site.addresses.first.flatMap({ Address($0) }) {
            return Address(name: desk, local: address.local, domain: address.domain)
        }
        return replyAddress.address(for: letter.conversation, at: site.replyDomain, named: desk)
    }

    private func text(_ words: LetterWords, letter: OwedLetter, for person: PersonRecord, desk: String) -> String {
        let wording = words.wording
        let number = letter.record.ticket.number.description
        let isRequester = letter.kind.isForRequester
        var parts = [
            person.name.isEmpty ? wording(.mailGreetingNameless) : wording(.mailGreeting, ["name": person.name]),
            words.body,
        ]
        if letter.kind == .resolution, let outcome = letter.record.ticket.outcome {
            parts.append(wording(.mailOutcome, ["outcome": wording(.outcome, outcome.rawValue)]))
        }
        if letter.kind == .acknowledgement {
            parts += words.trouble
            if let expectation = words.expectation { parts.append(expectation) }
            parts.append(wording(.mailYouWrote))
        }
        // What the desk says to itself never leaves it, whatever a letter was written about.
        let isOutsider = letter.outsiders.contains(person.id)
        if let entry = letter.entry, !isOutsider, entry.visibility == .public || !isRequester {
            parts.append(quoted(entry.text))
        }
        if letter.kind == .resolution { parts += [wording(.mailReopenHint), words.closing].compactMap(\.self) }
        let path =
            switch (letter.kind, isRequester) {
            case (.followedSolved, _): "/"
            case (_, true): "/tickets/\(number)?key=\(links.text(for: letter.conversation))"
            case (_, false): "/desk/tickets/\(number)"
            }
        let link = publicURL + path
        if isRequester {
            parts.append(wording(.mailFollow, ["link": link]))
        } else {
            parts.append(isOutsider ? wording(.mailConfidential) : wording(.mailOpenTicket, ["link": link]))
        }
        parts.append(wording(.mailSignature, ["desk": desk]))
        if isRequester, !words.name.number.isEmpty {
            parts.append(wording(.mailFooter, ["reference": "[\(words.name.number)]"]))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }.joined(separator: "\n")
    }
}
