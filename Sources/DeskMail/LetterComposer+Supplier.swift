import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import Foundation
import Mail
import Moments

extension LetterComposer {
    /// The mail that carries a message to a supplier, of what was disclosed alone.
    ///
    /// It does not mark itself as a program's: a supplier's system must make a ticket of it, and some of them pass over
    /// whatever does.
    func supplierDraft(
        _ exchange: OwedExchange, of letter: OwedLetter, to person: PersonRecord, at site: Site, _ now: Moment,
        _ contents: [UUID: [UInt8]]
    ) -> Draft? {
        guard let to = Address(exchange.address), let event = exchange.event else { return nil }
        let mail = SupplierMail(event, in: Language(tag: exchange.language) ?? .english)
        let desk = "\(letter.directory.organisation.name) \(site.name)"
        let wording = mail.wording
        var parts: [LetterPart] = [
            .sentence(wording(.mailGreeting, ["name": exchange.name])), .sentence(mail.opening),
            .sentence(wording(.supplierMailBlock)), .block(mail.block),
        ]
        parts += mail.instructions.map { .sentence($0) }
        parts.append(.sentence(wording(.mailSignature, ["desk": desk])))
        var draft = Draft(
            from: exchangeAddress.address(for: exchange.id, at: site.replyDomain, named: desk),
            to: [Address(name: exchange.name, local: to.local, domain: to.domain)], subject: mail.subject,
            text: parts.text, messageID: LetterID(letter: letter.uuid, person: person.id).text(at: site.replyDomain),
            date: now)
        let name = (number: event.payload.ourReference, subject: mail.about ?? mail.opening)
        draft.html =
            LetterPage(
                language: wording.language.tag, subject: mail.subject, desk: desk, name: name, parts: parts
            ).html
        draft.references = LetterThread(of: letter, to: person.id, at: site.replyDomain).references
        draft.fields = [.init(LoopMark.fieldName, loopMark.text)]
        draft.files = event.payload.disclosure.files.compactMap { file in
            contents[file.id].map { Draft.File(name: file.name, type: file.type, content: $0) }
        }
        return draft
    }
}

extension OwedExchange {
    fileprivate var event: CloudEvent<DeskMessage>? { try? CloudEvent(reading: body.utf8) }

    /// What goes along; how much a mail holds was seen to when that was fixed.
    var files: [AttachmentView] {
        event?.payload.disclosure.files.map { file in
            AttachmentView(id: file.id, name: file.name, type: file.type, size: file.size, sha256: file.sha256)
        } ?? []
    }
}
