import Catalogue
import Desk
public import DeskStore
public import Foundation
public import Mail
public import Moments
public import Secrets
import TimeZones

/// Writes the mail that a letter becomes for one of its recipients, in his language.
public struct LetterComposer: Sendable {
    private let replyAddress: ReplyAddress
    private let bounceAddress: BounceAddress
    let exchangeAddress: ExchangeAddress
    private let links: ConversationToken
    let loopMark: LoopMark
    /// Writes the mails of the portal of suppliers.
    public let suppliers: SupplierLetterComposer
    /// Where people reach the desk with a browser, without a slash at the end.
    private let publicURL: String

    public init(keys: MasterKeys, publicURL: String) {
        (replyAddress, bounceAddress) = (ReplyAddress(keys), BounceAddress(keys))
        exchangeAddress = ExchangeAddress(keys)
        (links, loopMark) = (ConversationToken(keys, for: .link), LoopMark(keys))
        suppliers = SupplierLetterComposer(keys: keys, publicURL: publicURL)
        self.publicURL = publicURL
    }

    /// The files that are to go along with a letter to a person, as many as fit into one mail.
    public func files(of letter: OwedLetter, to person: PersonRecord) -> [AttachmentView] {
        letter.exchange?.files ?? LetterFiles.fitting(letter, to: person.id)
    }

    /// - Parameter contents: what stands in the files that go along; the letter tells where the others are.
    public func draft(
        _ letter: OwedLetter, for person: PersonRecord, at now: Moment, contents: [UUID: [UInt8]] = [:]
    ) -> Draft? {
        let ticket = letter.record.ticket
        guard let site = letter.directory.site(ticket.origin), let to = Address(person.address) else { return nil }
        if let exchange = letter.exchange {
            return supplierDraft(exchange, of: letter, to: person, at: site, now, contents)
        }
        let words = LetterWords(
            letter: letter, person: person.id, wording: Wording(Language(tag: person.language) ?? .english))
        let desk = "\(letter.directory.organisation.name) \(site.name)"
        let files = LetterFiles(of: letter, to: person.id, contents: contents)
        let content = LetterContent(
            words: words, person: person, desk: desk, publicURL: publicURL, key: links.text(for: letter.conversation),
            filesOnPage: files.leftOut)
        let parts = content.parts
        var draft = Draft(
            from: sender(of: letter, at: site, named: desk),
            to: [Address(name: person.name, local: to.local, domain: to.domain)], subject: words.subject,
            text: parts.text, messageID: LetterID(letter: letter.uuid, person: person.id).text(at: site.replyDomain),
            date: now)
        draft.html =
            LetterPage(
                language: words.wording.language.tag, subject: words.subject, desk: desk, name: words.name, parts: parts
            ).html
        draft.files = files.along
        let thread = LetterThread(of: letter, to: person.id, at: site.replyDomain)
        (draft.inReplyTo, draft.references) = (thread.inReplyTo.map { [$0] } ?? [], thread.references)
        draft.autoSubmitted = letter.kind == .acknowledgement ? .replied : .generated
        // Some programs hide what says that it went to many, and nobody may miss what he has to work on.
        if letter.kind.isForRequester { draft.fields.append(.init("Precedence", "bulk")) }
        draft.fields += [.init("X-Auto-Response-Suppress", "All"), .init(LoopMark.fieldName, loopMark.text)]
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
}
