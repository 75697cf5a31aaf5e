import Catalogue
public import Desk
public import DeskStore
import Foundation
public import Mail
public import Moments
public import Secrets

/// Writes the mails by which people of a supplier hear of its portal: that there is something new, and the link that
/// lets them in. What it is about they read there.
public struct SupplierLetterComposer: Sendable {
    private let keys: MasterKeys
    private let loopMark: LoopMark
    /// Where people reach the desk with a browser, without a slash at the end.
    private let publicURL: String

    public init(keys: MasterKeys, publicURL: String) {
        (self.keys, self.publicURL) = (keys, publicURL)
        loopMark = LoopMark(keys)
    }

    /// What a mail may say of an exchange: no more than the supplier sees of it in the portal.
    public struct News: Sendable {
        let exchange: Exchange
        /// Nil where the supplier may not know it.
        let subject: String?

        public init(of exchange: Exchange, subject: String?) { (self.exchange, self.subject) = (exchange, subject) }
    }

    /// - Parameter news: what there is to be told; nil for a link that was asked for.
    public func draft(
        _ letter: SupplierLetter, to reader: Supplier.Reader, news: News?, in directory: Directory, at now: Moment
    ) -> Draft? {
        let organisation = directory.organisation
        let home = (news?.exchange.number.site).flatMap { organisation.site($0) } ?? organisation.sites.first
        guard let site = home, let to = Address(reader.address) else { return nil }
        let wording = Wording(Language(tag: reader.language) ?? .english)
        let desk = news == nil ? organisation.name : "\(organisation.name) \(site.name)"
        let words = words(letter, news, wording)
        let greeting =
            reader.name.isEmpty ? wording(.mailGreetingNameless) : wording(.mailGreeting, ["name": reader.name])
        var parts: [LetterPart] = [.sentence(greeting)]
        parts += words.parts
        parts.append(.sentence(wording(.mailSignature, ["desk": desk])))
        if let footer = words.footer { parts.append(.footer(footer)) }
        var draft = Draft(
            from: Address(name: desk, local: "no-reply", domain: site.replyDomain),
            to: [Address(name: reader.name, local: to.local, domain: to.domain)], subject: words.subject,
            text: parts.text, messageID: "supplier.\(letter.identity.uuidString.lowercased())@\(site.replyDomain)",
            date: now)
        draft.html =
            LetterPage(
                language: wording.language.tag, subject: words.subject, desk: desk,
                name: (news?.exchange.number.description ?? "", news?.subject ?? words.title), parts: parts
            ).html
        if let news {
            // All mails of one exchange are shown as one conversation.
            draft.references = ["exchange.\(news.exchange.uuid.uuidString.lowercased())@\(site.replyDomain)"]
        }
        draft.autoSubmitted = .generated
        draft.fields += [.init("X-Auto-Response-Suppress", "All"), .init(LoopMark.fieldName, loopMark.text)]
        return draft
    }

    private struct Words {
        let subject: String
        let title: String
        let parts: [LetterPart]
        let footer: String?
    }

    private func words(_ letter: SupplierLetter, _ news: News?, _ wording: Wording) -> Words {
        let pass = PortalPass(
            for: letter.address.lowercased(), identity: letter.identity.bytes, expiresAt: letter.expiresAt
        ).text(keys)
        func link(_ place: String?) -> String {
            let query = place.map { "&to=\($0)" } ?? ""
            return "\(publicURL)/supplier/portal/pass?pass=\(pass)\(query)"
        }
        guard let news, case .news(_, _, let kind) = letter.content else {
            var place: String?
            if case .pass(let wanted) = letter.content { place = wanted }
            let way = link(place)
            return Words(
                subject: wording(.supplierPassSubject), title: wording(.supplierPortalTitle),
                parts: [
                    .sentence(wording(.supplierPassText)),
                    .way(
                        to: way, sentence: wording(.supplierPassFollow, ["link": way]),
                        label: wording(.supplierPortalOpen)),
                ], footer: nil)
        }
        let (exchange, told) = (news.exchange, wording(.exchangeTold, kind.rawValue))
        let way = link("/supplier/portal/exchanges/\(exchange.uuid.uuidString.lowercased())")
        var parts: [LetterPart] = [.sentence("\(told): \(exchange.number.description)")]
        if let subject = news.subject { parts.append(.words(subject)) }
        if let reference = exchange.theirReference {
            parts.append(.sentence(wording(.exchangeMailReference, ["reference": reference])))
        }
        parts.append(
            .way(to: way, sentence: wording(.exchangeMailFollow, ["link": way]), label: wording(.mailButton)))
        return Words(
            subject: wording(.exchangeMailSubject, ["number": exchange.number.description, "told": told]), title: told,
            parts: parts, footer: wording(.exchangeMailOnce))
    }
}
