import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import Foundation
import HTML
import HTTP
import Postgres
import Runtime

/// What a supplier can say beside that it has the ticket.
enum StatementKind: String, CaseIterable {
    case note
    case question
    case solution
    case `return`

    /// Those that make sense of an exchange.
    static func all(of exchange: Exchange) -> [StatementKind] {
        exchange.isQuestion ? [.note, .return] : allCases
    }

    func label(of exchange: Exchange) -> Catalogue.Phrase {
        switch self {
        case .note: exchange.isQuestion ? .exchangeAnswer : .exchangeNote
        case .question: .exchangeAsk
        case .solution: .exchangeSolve
        case .return: exchange.isQuestion ? .exchangeDecline : .exchangeReturn
        }
    }

    func content(_ text: String) -> SupplierStatement.Content {
        switch self {
        case .note: .noted(text)
        case .question: .asked(text)
        case .solution: .resolved(text)
        case .return: .returned(text)
        }
    }

    /// Whether it would say something else if the desk had written meanwhile.
    var dependsOnWhatWasRead: Bool { self != .note }
}

/// What people of a supplier see of an exchange, and what they do.
extension SupplierPortal {
    func show(_ name: String, to account: SupplierAccount, done: String?) async throws -> Response {
        var page = try await page(name, for: account)
        if done != nil {
            page.notice = """
                <p class="notice notice-good" role="status">\(account.wording(.exchangeDone))</p>
                """
        }
        return page.response()
    }

    /// The exchange's number with the supplier.
    func acknowledge(_ name: String, _ request: Request, by account: SupplierAccount) async throws -> Response {
        let form = try request.form()
        var draft = Draft(form)
        let wording = account.wording
        let reference = draft.require(
            "reference", .errorReferenceMissing, atMost: 100, named: .exchangeOwnReference, wording)
        var page = try await page(name, for: account)
        guard draft.faults.isEmpty else {
            (page.draft, page.isAcknowledgement) = (draft, true)
            return page.response()
        }
        let (act, statement) = act(.acknowledged(reference: reference), in: page, seen: nil, note: nil, request)
        do {
            return try await website.once(form, by: account.principal, seeing: try account.sight) { transaction in
                try await record(act, statement, by: account, using: transaction)
            }
        } catch is ExchangeChanged {
            return try await changed(name, Draft(), for: account)
        }
    }

    func state(
        _ form: SentForm, on name: String, _ request: Request, by account: SupplierAccount
    ) async throws -> Response {
        let wording = account.wording
        var (draft, page) = (Draft(form), try await page(name, for: account))
        let kind = StatementKind(rawValue: draft["act"])
        if kind.map(StatementKind.all(of: page.file.exchange).contains) != true {
            draft.refuse("act", wording(.errorChoiceMissing, ["field": wording(.exchangeWhat)]))
        }
        let text = draft.require("message", .errorMessageMissing, atMost: 20_000, named: .fieldMessage, wording)
        let uploads = draft.uploads(form, in: "files", wording)
        guard draft.faults.isEmpty, let kind else {
            page.draft = draft
            return page.response()
        }
        let note = Note(text, visibility: .internal, channel: .supplier, uploads: uploads)
        let (act, statement) = act(
            kind.content(text), in: page, seen: kind.dependsOnWhatWasRead ? draft["seen"] : nil, note: note, request)
        do {
            return try await website.once(form, by: account.principal, seeing: try account.sight) { transaction in
                try await record(act, statement, by: account, using: transaction)
            }
        } catch is ExchangeChanged {
            return try await changed(name, draft, for: account)
        }
    }

    func fetch(
        _ name: String, of exchange: String, for account: SupplierAccount, _ request: Request
    ) async throws -> Response {
        let files = try await page(exchange, for: account).file.files
        guard let id = UUID(uuidString: name), let file = files.first(where: { $0.id == id }) else {
            throw EndpointFault.noSuchPath
        }
        return website.file(file, for: request, seeing: Sight(portalOf: account.suppliers))
    }

    /// - Throws: `EndpointFault.noSuchPath` where the exchange is not for this visitor.
    private func page(_ name: String, for account: SupplierAccount) async throws -> ExchangePage {
        guard let id = UUID(uuidString: name),
            let file = try await website.store.exchange(id, of: account.suppliers)
        else { throw EndpointFault.noSuchPath }
        return ExchangePage(account: account, teller: try teller(of: file.exchange, for: account), file: file)
    }

    /// The exchange as it is by now, with what was written on the way to it.
    private func changed(_ name: String, _ draft: Draft, for account: SupplierAccount) async throws -> Response {
        var page = try await page(name, for: account)
        page.draft = draft
        page.notice = """
            <div class="notice notice-warn" role="alert"><h2>\(account.wording(.exchangeChangedTitle))</h2>\
            <p>\(account.wording(.exchangeChangedText))</p></div>
            """
        return page.response(.preconditionFailed)
    }

    private func act(
        _ content: SupplierStatement.Content, in page: ExchangePage, seen: String?, note: Note?, _ request: Request
    ) -> (ExchangeAct, SupplierStatement) {
        let exchange = page.file.exchange
        let statement = SupplierStatement(exchange: exchange.uuid, content)
        let event = CloudEvent(
            id: UUID().uuidString.lowercased(), source: website.absolute(Website.suppliers).text,
            subject: page.teller.number, time: website.store.timekeeper.now, sequence: nil,
            payload: statement)
        let act = ExchangeAct(
            on: exchange.uuid, seen: seen, note: note, message: event.text, cause: request.id)
        return (act, statement)
    }

    private func record(
        _ act: ExchangeAct, _ statement: SupplierStatement, by account: SupplierAccount,
        using transaction: borrowing Transaction
    ) async throws -> String {
        try await website.store.record(act, of: account.suppliers, using: transaction) { ticket, supplier, entry in
            statement.content.event(on: ticket, of: supplier, note: entry)
        }
        return "/supplier/portal/exchanges/\(act.exchange.uuidString.lowercased())?done=yes"
    }
}

extension SupplierAccount {
    fileprivate var principal: String { "supplier \(address)" }

    /// The eyes with which its acts are recorded: those of the desk for the tickets that the suppliers have.
    fileprivate var sight: Sight { get throws { try visit.directory().sight(actingFor: suppliers) } }
}
