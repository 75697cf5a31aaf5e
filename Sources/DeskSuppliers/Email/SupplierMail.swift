public import Catalogue
import Desk
import Foundation
import JSON

/// A message to a supplier as a mail says it, in one language. It is made of what was disclosed and of nothing else.
public struct SupplierMail: Sendable {
    let event: CloudEvent<DeskMessage>
    public let wording: Wording
    /// Where the supplier can answer with a browser.
    let portal: String?

    public init(_ event: CloudEvent<DeskMessage>, in language: Language, portal: String? = nil) {
        (self.event, self.portal) = (event, portal)
        wording = Wording(language)
    }

    private var message: DeskMessage { event.payload }

    /// With the number in brackets; with what the ticket is about only where that may leave.
    public var subject: String {
        let what = say(message.kind.phrases.subject)
        return about.map { wording(.supplierMailSubjectWith, ["what": what, "subject": $0]) } ?? what
    }

    /// What the ticket is about, where that may leave.
    public var about: String? { message.disclosure[.subject]?.string.map(\.oneLine) }

    /// What the mail is about.
    public var opening: String { say(message.kind.phrases.opening) }

    /// What programs read: one `Name: value` a line. The lines of a longer text stand below its name, each behind two
    /// spaces, so that nobody who writes one can add a name.
    public var block: String {
        var lines = [
            line("Exchange", message.exchange.uuidString.lowercased()), line("Message", event.id),
            line("Sequence", event.sequence.flatMap { Int($0) }.map(String.init) ?? "1"),
            line("Type", message.kind.rawValue), line("Reference", message.ourReference),
        ]
        lines += Supplier.Field.allCases.compactMap { field in
            message.disclosure.words(field, in: wording).map { line(Self.name(of: field.rawValue), $0) }
        }
        if let escalation = message.escalation {
            lines += [
                line("Target", escalation.mark.measure.rawValue), line("Percent", String(escalation.mark.percent)),
                line("Escalation", escalation.text),
            ]
        }
        return lines.joined(separator: "\n")
    }

    /// How to answer, a line for each word and one for everything else. Where nothing is asked nothing is told.
    public var instructions: [String] {
        if message.kind == .withdrawal { return [] }
        let words: [(Catalogue.Phrase, MailAnswer.Kind)] = [
            (.supplierMailHowAcknowledged, .acknowledged), (.supplierMailHowQuestion, .question),
            (.supplierMailHowSolved, .solved), (.supplierMailHowReturned, .returned),
        ]
        let lines = words.map { phrase, kind in
            "– " + wording(phrase, ["word": kind.words(in: wording).first ?? kind.rawValue])
        }
        let how = ([wording(.supplierMailHow)] + lines).joined(separator: "\n")
        let link = portal.map { wording(.supplierMailPortal, ["link": $0]) }
        return [how, wording(.supplierMailHowNote)] + [link].compactMap(\.self)
    }

    private func say(_ phrase: Catalogue.Phrase) -> String { wording(phrase, ["number": message.ourReference]) }

    private func line(_ name: String, _ value: String) -> String {
        guard value.contains(where: \.isNewline) else { return "\(name): \(value)" }
        let lines = value.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            "  " + String(line).oneLine
        }
        return "\(name):\n" + lines.joined(separator: "\n")
    }

    /// `requester_name` as `Requester-Name`. What was written has another name than the identity of what is told.
    private static func name(of field: String) -> String {
        if field == Supplier.Field.message.rawValue { return "Text" }
        return field.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }
}

extension String {
    /// With a space for each character by which a line could end.
    fileprivate var oneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.endsLine ? " " : $0 }))
    }
}

extension Unicode.Scalar {
    fileprivate var endsLine: Bool {
        properties.generalCategory == .control || self == "\u{2028}" || self == "\u{2029}"
    }
}

extension SupplierMessage.Kind {
    fileprivate var phrases: (subject: Catalogue.Phrase, opening: Catalogue.Phrase) {
        switch self {
        case .referral, .reopening: (.supplierMailReferralSubject, .supplierMailReferral)
        // The last three are not written for a supplier that reads mail.
        case .answer, .note, .change, .closure: (.supplierMailAnswerSubject, .supplierMailAnswer)
        case .withdrawal: (.supplierMailWithdrawalSubject, .supplierMailWithdrawal)
        case .question: (.supplierMailQuestionSubject, .supplierMailQuestionOpening)
        case .escalation: (.supplierMailEscalationSubject, .supplierMailEscalation)
        }
    }
}
