import Desk
import DeskMail
import DeskStore
import DeskSuppliers
import Foundation
import JSON
import Mail
import Moments
import Postgres

/// What a supplier answers to a mail of ours.
extension MailArrival {
    /// An answer of a supplier of whom both the address and the sender are right.
    struct Answer: Sendable {
        let id: UUID
        let exchange: MailedExchange
        /// Whether a program wrote it by itself.
        let isAutomatic: Bool
    }

    /// The answer that the mail is, if it is one: it came to an address that only a mail of ours in this exchange
    /// carries, from an address of the supplier, while the ticket is shared with it. Either alone can be forged or
    /// passed on; such a mail is held for somebody to look at, as any that claims to go on with a ticket.
    ///
    /// What a program wrote by itself is one only where it tells the supplier's number, as ticket systems do.
    func supplierAnswer(in directory: Directory) async throws -> Answer? {
        let isAutomatic: Bool
        switch message.sorting {
        case .request: isAutomatic = false
        case .kept(.autoReply, _): isAutomatic = true
        case .kept: return nil
        }
        guard let author = message.author,
            let id = ([recipient] + message.recipients).lazy.compactMap({ door.exchanges.exchange(in: $0.key) }).first
        else { return nil }
        let found = try await store.transaction { (transaction: borrowing Transaction) in
            try await transaction.mailedExchange(id)
        }
        guard let exchange = found, exchange.isOpen,
            case .email(let terms) = directory.supplier(exchange.supplier)?.connector, terms.isSender(author.key)
        else { return nil }
        let finder = TheirReference(terms.references, ignoring: [exchange.number.description, exchange.subject])
        if isAutomatic, !message.isOfServiceNow, finder.stated(in: message.subject) == nil { return nil }
        return Answer(id: id, exchange: exchange, isAutomatic: isAutomatic)
    }

    /// Keeps the answer for the supplier worker, with its files, once; another copy of it is one of the same.
    func keep(
        _ answer: Answer, now: Moment, on transaction: borrowing Transaction
    ) async throws -> Outcome {
        let exchange = answer.exchange
        let uploads = answer.isAutomatic ? [] : message.uploads
        let files = uploads.map { _ in UUID() }
        let receipt = EmailReceipt(
            exchange: answer.id, ourReference: exchange.number.description, ourSubject: exchange.subject,
            theirReference: exchange.theirReference, from: message.author?.key ?? "", subject: message.subject,
            text: message.ownText, isAutomatic: answer.isAutomatic, files: files)
        let isNew = try await store.receive(
            receipt.json.text, messageID: message.id, from: exchange.supplier, using: transaction)
        if isNew {
            for (file, upload) in zip(files, uploads) {
                try await transaction.attach(upload, to: exchange.ticket, entry: nil, as: file)
            }
        }
        let (kind, reason): (MailKind, MailReason) =
            isNew ? (answer.isAutomatic ? .autoReply : .followUp, .supplierAnswered) : (.duplicate, .sameMessage)
        try await transaction.keep(
            mail, as: kind, ticket: exchange.ticket, entry: nil, because: reason.sentence(), now: now)
        return Outcome(kind: kind, number: exchange.number)
    }
}

extension IncomingMessage {
    /// Whether a ServiceNow instance sent it, of which many tell the number of a ticket by mail.
    fileprivate var isOfServiceNow: Bool { message.header.first("x-servicenow-generated") != nil }

    /// What its author wrote, without quotations, signature and notices.
    fileprivate var ownText: String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var place = 0
        for fold in folds where fold.range.lowerBound >= place && fold.range.upperBound <= bytes.count {
            kept += bytes[place..<fold.range.lowerBound]
            place = fold.range.upperBound
        }
        let own = String(decoding: kept + bytes[place...], as: UTF8.self)
        return own.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
