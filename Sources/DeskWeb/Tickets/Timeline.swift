import Catalogue
import Desk
public import DeskStore
public import HTML
import Moments

/// What was written on a ticket and what happened to it, oldest first.
public struct Timeline: Sendable {
    private let teller: TicketTeller
    private let isForDesk: Bool
    private let file: @Sendable (AttachmentView) -> Link
    private let mail: @Sendable (EntryView) -> MailPlaces

    /// Where a mail can be seen as it looked, and had as it came; nil where that is not for these readers.
    public struct MailPlaces: Sendable {
        let frame: Link?
        let original: Link?

        public init(frame: Link? = nil, original: Link? = nil) { (self.frame, self.original) = (frame, original) }
    }

    /// - Parameters:
    ///   - isForDesk: whether everything that happened is told, or only what the requester should know.
    ///   - file: where an attachment can be had.
    ///   - mail: where a mail can be.
    public init(
        _ teller: TicketTeller, isForDesk: Bool, file: @escaping @Sendable (AttachmentView) -> Link,
        mail: @escaping @Sendable (EntryView) -> MailPlaces = { _ in MailPlaces() }
    ) {
        (self.teller, self.isForDesk, self.file, self.mail) = (teller, isForDesk, file, mail)
    }

    public var html: HTML {
        let entries = teller.view.entries.map { (at: $0.at, isEvent: false, html: entry($0)) }
        let events = teller.view.log.filter(isTold).map { (at: $0.recorded.at, isEvent: true, html: event($0)) }
        let all = (entries + events).sorted { ($0.at, $0.isEvent ? 1 : 0) < ($1.at, $1.isEvent ? 1 : 0) }
        return "<ol class=\"timeline\">\(all.map(\.html))</ol>"
    }

    private var wording: Wording { teller.wording }

    private func entry(_ entry: EntryView) -> HTML {
        let isRequester = entry.author == teller.ticket.requester
        let kind =
            entry.supplier != nil ? "entry-supplier" : isRequester ? "entry-requester" : "entry-desk"
        let isInternal = entry.visibility == .internal
        let mark: HTML? =
            isInternal ? "<span class=\"badge mark-internal\">\(wording(.visibility, "internal"))</span>" : nil
        let author = entry.authorName ?? teller.view.directory.organisation.name
        let classes = isInternal ? "entry \(kind) entry-internal" : "entry \(kind)"
        return """
            <li class="\(classes)"><div class="entry-head"><strong><bdi>\(author)</bdi></strong>\
            <span class="muted">\(wording(.channel, entry.channel.rawValue))</span>\(mark)\(teller.time(entry.at))</div>
            <div class="entry-body"><div class="prose"\(attribute: "lang", isRequester ? teller.ticket.language : nil)>\
            \(words(of: entry))</div>\(files(entry.attachments))\(asSent(entry, by: author))</div></li>
            """
    }

    /// What an entry says; of a mail that cannot be read here, why.
    private func words(of entry: EntryView) -> HTML {
        if let words = words(in: entry.translations.texts) { return words }
        guard entry.text.isEmpty, entry.attachments.contains(where: \.isEncrypted) else {
            return FoldedText(entry, wording: wording).html
        }
        return "<p class=\"muted\" lang=\"\(wording.language.tag)\">\(wording(.mailEncrypted))</p>"
    }

    /// What stands in several languages, in the reader's as far as it does; the others are folded.
    private func words(in texts: [String: String]) -> HTML? {
        guard let shown = texts.language(for: wording.language.tag) else { return nil }
        let others = texts.keys.filter { $0 != shown }.sorted().map { language -> HTML in
            """
            <details class="fold" lang="\(language)"><summary>\(ArticleTeller.name(of: language))</summary>\
            <div class="stack">\(texts[language].map { HTML(prose: $0) })</div></details>
            """
        }
        return "<div class=\"stack\" lang=\"\(shown)\">\(texts[shown].map { HTML(prose: $0) })</div>\(others)"
    }

    /// The mail as it looked, in a frame that is loaded when it is opened, and as it came.
    private func asSent(_ entry: EntryView, by author: String) -> HTML? {
        let places = mail(entry)
        let frame = entry.hasHTML ? places.frame : nil
        let original = entry.hasOriginal ? places.original : nil
        guard frame != nil || original != nil else { return nil }
        let looks = frame.map { frame -> HTML in
            """
            <details class="fold"><summary>\(wording(.mailAsSent))</summary>\
            <iframe class="mail-frame" sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" \
            src="\(frame)" title="\(wording(.mailFrameTitle, ["name": author]))"></iframe></details>
            """
        }
        let file = original.map { link -> HTML in
            "<p class=\"mail-original\"><a href=\"\(link)\" download>\(wording(.mailOriginal))</a></p>"
        }
        return "\(looks)\(file)"
    }

    private func files(_ attachments: [AttachmentView]) -> HTML? {
        if attachments.isEmpty { return nil }
        let files = list(attachments.filter { !$0.isSignature }).map { items -> HTML in
            "<ul class=\"files\" aria-label=\"\(wording(.attachmentsTitle))\">\(items)</ul>"
        }
        // Programs check signatures; they are kept, and out of the way of what people read.
        let signatures = list(attachments.filter(\.isSignature)).map { items -> HTML in
            """
            <details class="fold"><summary>\(wording(.foldSignature))</summary><ul class="files">\(items)</ul></details>
            """
        }
        return "\(files)\(signatures)"
    }

    private func list(_ attachments: [AttachmentView]) -> [HTML]? {
        if attachments.isEmpty { return nil }
        return attachments.map { attachment in
            let size = wording.size(bytes: Int(attachment.size))
            return """
                <li><a href="\(file(attachment))" download>\
                \(wording(.fileSize, ["name": attachment.name, "size": size]))</a></li>
                """
        }
    }

    private func event(_ line: LogLine) -> HTML {
        "<li class=\"event\"><span>\(words(of: line))</span>\(teller.time(line.recorded.at))</li>"
    }

    /// What happened, whom it concerned and, for the desk, who did it.
    public func words(of line: LogLine) -> HTML {
        "\(kind(of: line.recorded.event))\(detail(of: line))\(doer(of: line))"
    }

    /// A macro is run by somebody, unlike a rule.
    private func kind(of event: Ticket.Event) -> String {
        if case .automated(let mark) = event, case .macro = mark.source { return wording(.macroRun) }
        return wording(.event, event.kind.rawValue)
    }

    /// Who did it, which the desk may know of itself.
    private func doer(of line: LogLine) -> HTML? {
        let rule = line.tellsOfRule ? nil : line.rule.map { wording(.eventRule, ["rule": $0]) }
        guard isForDesk, let name = rule ?? line.actorName else { return nil }
        return " · <bdi>\(name)</bdi>"
    }

    /// Whom or what an event concerns.
    private func detail(of line: LogLine) -> HTML? {
        let words: String? =
            switch line.recorded.event {
            case .routed(let to, let rule, _):
                isForDesk
                    ? "\(teller.name(of: .team(to.place))) – \(wording(.eventRule, ["rule": rule]))"
                    : teller.name(of: .team(to.place))
            case .assigned(let to): teller.name(of: .team(to.place))
            case .handedOver(let to, let reason, _):
                isForDesk
                    ? "\(teller.name(of: .team(to.place))) – "
                        + wording(.eventReason, ["reason": wording(.reason, reason)])
                    : teller.name(of: .team(to.place))
            case .referred(let supplier, _), .supplierAcknowledged(let supplier, _), .supplierNoted(let supplier, _),
                .supplierAsked(let supplier, _), .supplierAnswered(let supplier, _),
                .supplierReturned(let supplier, _), .supplierResolved(let supplier, _), .recalled(let supplier, _),
                .supplierUnreachable(let supplier):
                teller.name(of: supplier)
            case .supplierEscalated(let supplier, let mark):
                "\(teller.name(of: supplier)) – \(wording(.measure, mark.measure.rawValue))"
            case .resolved(let outcome, _, _): wording(.outcome, outcome.rawValue)
            case .reopened(let reason, _): wording(.reopening, reason.rawValue)
            case .deadlineNear(let mark), .deadlineMissed(let mark): wording(.measure, mark.measure.rawValue)
            case .termsChanged(let shifts), .clocksReevaluated(let shifts, _):
                Set(shifts.map { wording(.measure, $0.mark.measure.rawValue) }).sorted().joined(separator: ", ")
            case .foundInsufficient(let to, _), .offered(let to, _), .offerAccepted(let to):
                teller.name(of: .team(to.place))
            case .inquired(.team(let place), _): teller.name(of: .team(place))
            case .inquired(.supplier(let supplier), _): teller.name(of: supplier)
            case .escalated(let level, let reason, _):
                "\(wording(.escalation, level.rawValue)) – \(wording(.escalationReason, reason.rawValue))"
            case .meansChosen(let means, _): wording(.means, means.rawValue)
            case .putOnHold(let until?, _): wording(.eventUntil, ["time": wording.dateAndTime(until, in: teller.zone)])
            case .ownerChanged(let position): teller.view.directory.position(position)?.name
            case .listenerAdded(let site, _): teller.view.directory.site(site)?.name
            case .announced(let site, _), .announcementChanged(let site, _), .announcementEnded(let site):
                site.map { teller.view.directory.site($0)?.name } ?? wording(.majorEverywhere)
            case .linked(_, let link), .unlinked(_, let link): wording(.link, link.rawValue)
            case .opened, .changed, .taken, .noteAdded, .messageSent, .requesterAsked, .requesterReplied, .putOnHold,
                .resumed, .closed, .released, .foundSufficient, .callbackPromised, .callbackMade, .inquiryAnswered,
                .inquiryWithdrawn, .offerDeclined, .becameChild, .leftParent, .waitsForParent, .merged, .absorbed,
                .split,
                .declaredMajor, .stoodDown, .joined, .mentioned, .personMerged:
                nil
            case .automated(let mark): name(of: mark)
            case .automationStopped(let stop):
                "\(stop.rule) – \(wording(.automationStop, stop.reason.rawValue))"
            case .told(.position(let position), _): teller.view.directory.position(position)?.name
            case .told(.team(let team), _): teller.view.directory.team(team)?.name
            case .told(.level(let level), _): wording(.escalation, level.rawValue)
            }
        return words.map { ": <bdi>\($0)</bdi>" }
    }

    private func name(of mark: AutomationMark) -> String {
        guard case .macro(let code) = mark.source else { return mark.source.name }
        return teller.name(ofMacro: code) ?? code
    }

    /// Messages and notes tell of themselves; of the rest, a requester hears what moves his ticket.
    private func isTold(_ line: LogLine) -> Bool {
        switch line.recorded.event.kind {
        case .noteAdded, .messageSent, .requesterReplied: false
        case .opened, .routed, .assigned, .taken, .handedOver, .requesterAsked, .putOnHold, .resumed, .referred,
            .recalled, .supplierReturned, .supplierResolved, .resolved, .reopened, .closed, .foundInsufficient,
            .meansChosen, .callbackPromised, .callbackMade, .merged, .offerAccepted, .waitsForParent:
            true
        case .changed, .supplierAcknowledged, .supplierNoted, .supplierAsked, .supplierAnswered, .supplierUnreachable,
            .supplierEscalated, .deadlineNear, .deadlineMissed, .termsChanged, .clocksReevaluated, .released,
            .ownerChanged, .foundSufficient, .inquired, .inquiryAnswered, .inquiryWithdrawn, .offered, .offerDeclined,
            .escalated, .linked, .unlinked, .becameChild, .leftParent, .absorbed, .split, .declaredMajor, .stoodDown,
            .announced, .announcementChanged, .announcementEnded, .joined, .listenerAdded, .mentioned, .personMerged,
            .automated, .automationStopped, .told:
            isForDesk
        }
    }
}

extension LogLine {
    /// Whether the event is about a rule, so that it need not be named again as who did it.
    fileprivate var tellsOfRule: Bool {
        switch recorded.event {
        case .automated, .automationStopped: true
        default: false
        }
    }
}
