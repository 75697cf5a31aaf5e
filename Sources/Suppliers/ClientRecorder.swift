import Desk
import DeskStore
import DeskSuppliers
import Foundation
import JSON
import Moments
import Postgres
import Runtime

/// Records what another desk asks of us: a ticket that it gives us is opened and routed as any other, and what it tells
/// of it later happens to the ticket here. What either side decides for itself, such as its priority, stays its own.
struct ClientRecorder: Sendable {
    let store: DeskStore
    /// The other desk.
    let supplier: Supplier
    let id: SupplierID
    let cause: String

    /// - Throws: ``UnknownExchange``, `Refusal`, `DatabaseError`.
    func record(_ request: DeskMessage, using transaction: borrowing Transaction) async throws {
        guard let found = try await transaction.bond(request.exchange) else {
            return try await begin(request, using: transaction)
        }
        // Whoever changes a ticket holds it before its exchanges.
        guard found.serves, found.supplier == id,
            let ticket = try await transaction.ticket(found.ticket)?.ticket,
            let bond = try await transaction.bond(found.id)
        else {
            throw UnknownExchange(description: "the exchange \(request.exchange) is not that of a ticket it gave us")
        }
        try await transaction.hear(
            bond.id, priority: request.disclosure.words(.priority, most: 100), at: store.timekeeper.now)
        try await goOn(request, with: ticket, in: bond, using: transaction)
    }

    private func begin(_ request: DeskMessage, using transaction: borrowing Transaction) async throws {
        guard [.referral, .question, .reopening].contains(request.kind) else {
            throw UnknownExchange(description: "there is no exchange \(request.exchange)")
        }
        let directory = try await store.directory(using: transaction)
        let submission = Submission(request, from: supplier, as: id, in: directory)
        let opened = try await store.accept(submission, by: .supplier(id), cause: cause, using: transaction)
        let first = Words(text: "", exchange: request.exchange, files: request.files(with: .description))
        try await fetch(first, for: opened.ticket, using: transaction)
        // What stands first in the ticket may be read by the requester; what one desk says to the other may not.
        if let words = request.wordsBetweenDesks {
            try await note(words, on: opened.ticket, using: transaction)
        }
    }

    private func goOn(
        _ request: DeskMessage, with ticket: Ticket, in bond: BondView, using transaction: borrowing Transaction
    ) async throws {
        let words = request.words(.note)
        switch request.kind {
        case .change: break
        case .note:
            if let words = request.words(.message) { try await note(words, on: ticket, using: transaction) }
        case .escalation:
            if let text = request.escalation?.text {
                try await note(Words(text: text, exchange: request.exchange), on: ticket, using: transaction)
            }
        case .referral, .question:
            if let words { try await note(words, on: ticket, using: transaction) }
            try await store.report(.acknowledged, about: ticket, using: transaction)
        case .answer: try await hear(words, on: ticket, using: transaction)
        case .withdrawal: try await withdraw(ticket, bond, because: words, using: transaction)
        case .reopening: try await reopen(ticket, bond, because: words, using: transaction)
        case .closure:
            if ticket.state == .resolved {
                try await record(nil, on: ticket, using: transaction) { _ in .closed }
            } else {
                try await transaction.settle(service: bond.id, as: bond.state, ended: store.timekeeper.now)
            }
        }
    }

    /// What the requester answered, or the other desk for him: the wait is over, also without words.
    private func hear(_ words: Words?, on ticket: Ticket, using transaction: borrowing Transaction) async throws {
        if let words {
            try await record(words, on: ticket, using: transaction) { $0.entry.map { .requesterReplied($0) } }
        } else if ticket.state == .waitingRequester {
            try await record(nil, on: ticket, using: transaction) { _ in .resumed }
        }
    }

    private func withdraw(
        _ ticket: Ticket, _ bond: BondView, because words: Words?, using transaction: borrowing Transaction
    ) async throws {
        if ticket.hasEnded {
            if let words { try await note(words, on: ticket, using: transaction) }
        } else {
            try await record(words, on: ticket, using: transaction) { .resolved(.withdrawn, note: $0.entry) }
        }
        try await transaction.settle(service: bond.id, as: .withdrawn, ended: store.timekeeper.now)
    }

    /// What was solved is not. A ticket that goes on in another one cannot be opened again, and is given back.
    private func reopen(
        _ ticket: Ticket, _ bond: BondView, because words: Words?, using transaction: borrowing Transaction
    ) async throws {
        try await transaction.settle(service: bond.id, as: .inProgress, ended: nil)
        if ticket.ties.mergedInto != nil {
            return try await store.report(.returned(note: nil), about: ticket, using: transaction)
        }
        if ticket.hasEnded {
            try await record(words, on: ticket, using: transaction) { .reopened(.notSolved, note: $0.entry) }
        } else if let words {
            try await note(words, on: ticket, using: transaction)
        }
        try await store.report(.acknowledged, about: ticket, using: transaction)
    }

    private func note(_ words: Words, on ticket: Ticket, using transaction: borrowing Transaction) async throws {
        let id = id
        try await record(words, on: ticket, using: transaction) { occasion in
            occasion.entry.map { .supplierNoted(id, note: $0) }
        }
    }

    /// - Parameter words: for the desk alone, which is who they were said to.
    private func record(
        _ words: Words?, on ticket: Ticket, using transaction: borrowing Transaction,
        event: @escaping @Sendable (Occasion) -> Ticket.Event?
    ) async throws {
        let note = words.map { Note($0.text, visibility: .internal, channel: .supplier) }
        let recording = Recording(by: .supplier(id), note: note, cause: cause)
        let number = ticket.number.description
        try await store.record(on: ticket.id, recording, using: transaction) { occasion in
            guard let event = event(occasion) else { throw NoSuchTicket(number: number) }
            return event
        }
        if let words { try await fetch(words, for: ticket, using: transaction) }
    }

    private func fetch(_ words: Words, for ticket: Ticket, using transaction: borrowing Transaction) async throws {
        try await store.fetch(
            words.files, in: words.exchange, of: ticket.id, from: supplier, as: id, using: transaction)
    }
}

extension Submission {
    /// The ticket that another desk gives us, as far as its allow-list tells of it. Whose it is, where it comes in and
    /// what it is about follow from how the two name their sites and categories; how urgent it is, our own rules say.
    fileprivate init(_ request: DeskMessage, from desk: Supplier, as id: SupplierID, in directory: Directory) {
        let facts = request.disclosure
        let subject = facts.words(.subject, most: 200)?.split(whereSeparator: \.isNewline).joined(separator: " ")
        let title = subject ?? "\(desk.name): \(request.ourReference)"
        let address = facts[.requesterEmail].flatMap { try? $0.read(.address) }
        let contact =
            address.map { Contact(address: $0, name: facts.words(.requesterName, most: 200) ?? "") }
            ?? Contact(address: desk.contact, name: desk.name)
        self.init(
            from: contact, subject: title, text: facts.words(.description) ?? title, channel: .supplier,
            site: desk.mapping.site(facts.words(.site)).flatMap { directory.sites[$0] },
            kind: request.kind == .question
                ? .informationRequest : facts.words(.kind).flatMap { Ticket.Kind(rawValue: $0) },
            category: facts.words(.category)
                .flatMap { desk.mapping.categories($0).lazy.compactMap { directory.categories[$0] }.first },
            impact: facts[.impact]?.integer.flatMap { Impact(rawValue: Int($0)) },
            urgency: facts[.urgency]?.integer.flatMap { Urgency(rawValue: Int($0)) })
        client = Client(
            id, exchange: request.exchange, reference: request.ourReference,
            priority: facts.words(.priority, most: 100))
    }
}

/// What one desk writes to the other, with the files that it names.
private struct Words {
    let text: String
    let exchange: UUID
    var files: [SharedFile] = []
}

extension DeskMessage {
    fileprivate func files(with part: Supplier.Field) -> [SharedFile] { disclosure.files.filter { $0.part == part } }

    /// Nil where it says nothing; files alone need something to stand at.
    fileprivate func words(_ part: Supplier.Field) -> Words? {
        let files = files(with: part)
        let text = disclosure.words(part) ?? (files.isEmpty ? nil : "")
        return text.map { Words(text: $0, exchange: exchange, files: files) }
    }

    /// What one desk says to the other when it gives it a ticket: also who asks, where nobody could write to him.
    fileprivate var wordsBetweenDesks: Words? {
        let name = disclosure[.requesterEmail] == nil ? disclosure.words(.requesterName, most: 200) : nil
        let note = words(.note)
        let texts = [name, note?.text].compactMap { $0 }
        if texts.isEmpty { return nil }
        return Words(text: texts.joined(separator: "\n\n"), exchange: exchange, files: note?.files ?? [])
    }
}
