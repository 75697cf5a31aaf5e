import Desk
import DeskStore
import Foundation
import Postgres
import Secrets
import SupplierDeskTestSupport
import SupplierTestSupport

/// A ticket that a supplier has, and all that both sides have said about it.
struct Affair {
    let ticket: Ticket
    let member: Company.Member
    let supplier: SupplierID
    /// The identity of the exchange.
    let exchange: UUID
    var ours: [String]
    var theirs: [String] = []
    var ourFiles: [PlayedFile]
    var theirFiles: [PlayedFile] = []

    /// A new one.
    ///
    /// - Parameter file: what goes along with the first words.
    static func begin(
        _ number: Int, at desk: SupplierDesk, with member: Company.Member, giving file: PlayedFile?
    ) async throws -> Affair {
        let words = "Please look at it. #\(number).1"
        let files = [file].compactMap(\.self)
        let ticket = try await desk.referred(to: member.code, saying: words, with: files.map(Upload.init))
        let exchange = try await desk.store.database.first(
            "select uuid from supplier_ticket where ticket = \(ticket.id)", as: UUID.self)
        guard let exchange else { throw Missing() }
        return Affair(
            ticket: ticket, member: member, supplier: try desk.supplier(member.code), exchange: exchange,
            ours: [words], ourFiles: member.giving == .not ? [] : files)
    }

    struct Missing: Error {}

    /// Their people write, with a file where they have one to give and a place for it.
    mutating func say(_ words: String, giving file: PlayedFile?) {
        theirs.append(words)
        let system = member.system
        switch (member.giving, file) {
        case (.withWords, let file?): (system as? WebhookSystem)?.say(words, with: [file], on: exchange)
        case (.toTickets, let file?):
            system.say(words, on: exchange)
            system.attach(file, to: exchange)
        case (.not, _), (_, nil): return system.say(words, on: exchange)
        }
        theirFiles += [file].compactMap(\.self)
    }

    /// How it stands with the supplier.
    var held: [PlayedTicket] { member.system.held.filter { $0.exchange == exchange } }

    /// What differs between the sides, and from what was said.
    func differences(at desk: SupplierDesk) async throws -> Differences {
        guard let view = try await desk.store.view(of: ticket.number, seeing: .desk, including: true),
            let bond = view.bonds.last
        else { throw Missing() }
        let held = held
        var found = Differences()
        if held.count != 1 { found.tickets += 1 }
        let notes = held.first?.notes.filter { $0.text.contains("#") } ?? []
        found.compare(notes.filter(\.isOurs).map { String($0.text.prefix { !$0.isNewline }) }, with: ours)
        // Their people may have written on a ticket that a doubled request opened, until it was given up.
        let twins = member.system.givenUp.filter { $0.exchange == exchange }.flatMap(\.notes)
        found.compare((twins.filter { $0.text.contains("#") } + notes).filter { !$0.isOurs }.map(\.text), with: theirs)
        let heard = view.entries.filter { $0.supplier == supplier && $0.text.contains("#") }.map(\.text)
        found.compare(heard, with: theirs)
        let there = member.system.files(of: exchange).filter { !theirFiles.contains($0) }
        found.compare(there, with: ourFiles)
        let here = view.entries.filter { $0.supplier == supplier }.flatMap(\.attachments).map { file in
            theirFiles.first { $0.name == file.name && Digest(sha256: $0.bytes).bytes == file.sha256 }
                ?? PlayedFile(file.name, type: file.type, [])
        }
        found.compare(here, with: theirFiles)
        if let state = held.first?.state, !state.agrees(with: bond.state) { found.states += 1 }
        if !found.isNone {
            let words =
                "\(ticket.number) with \(member.code): \(held) and \(bond.state), \(heard), of \(ours), \(theirs)"
            let files = [there, here, ourFiles, theirFiles].map { $0.map(\.name) }
            found.words = "\(words); \(files[0]) and \(files[1]) of \(files[2]), \(files[3])"
        }
        return found
    }
}

/// What is not the same on both sides.
struct Differences: Sendable {
    var lost = 0
    var doubled = 0
    var disorderly = 0
    /// Tickets of which a supplier has none, or more than one.
    var tickets = 0
    var states = 0
    var words: String?

    var isNone: Bool { lost + doubled + disorderly + tickets + states == 0 }

    mutating func compare(_ there: [String], with said: [String]) {
        let count = Dictionary(there.map { ($0, 1) }, uniquingKeysWith: +)
        lost += said.count { count[$0] == nil }
        doubled += count.values.reduce(0) { $0 + $1 - 1 } + count.keys.count { !said.contains($0) }
        let known = said.filter { count[$0] != nil }
        var once: [String] = []
        for text in there where !once.contains(text) && said.contains(text) { once.append(text) }
        if once != known { disorderly += 1 }
    }

    /// Files stand in any order.
    mutating func compare(_ there: [PlayedFile], with given: [PlayedFile]) {
        lost += given.count { !there.contains($0) }
        doubled += there.count - given.count { there.contains($0) }
    }

    static func + (one: Differences, other: Differences) -> Differences {
        Differences(
            lost: one.lost + other.lost, doubled: one.doubled + other.doubled,
            disorderly: one.disorderly + other.disorderly, tickets: one.tickets + other.tickets,
            states: one.states + other.states)
    }
}

extension Upload {
    init(_ file: PlayedFile) { self.init(name: file.name, type: file.type, bytes: file.bytes) }
}
