import Foundation
import HTTP
import SupplierTestSupport
import Synchronization
import Testing
import WebTestSupport

/// Visits of a supplier's people to the portal.
struct PortalVisits: Messenger {
    let desk: PortalSystem.Shelf
    let letters: LetterWorker
    let site: TestSite

    private static let list = "/supplier/portal"

    func carry(ahead lead: Duration) async throws {
        try await letters.work(ahead: lead)
        try await visit(ahead: lead) { browser in try await read(with: &browser) }
    }

    var isBusy: Bool { get async throws { try await letters.isBusy } }

    func bring() async throws {
        try await visit(ahead: .zero) { browser in
            while let writing = desk.content.withLock({ $0.writings.first }) {
                try await send(writing, with: &browser)
                desk.content.withLock { _ = $0.writings.removeFirst() }
            }
            try await read(with: &browser)
        }
    }

    func close() async {
        await letters.close()
        await site.close()
    }

    /// Does something in the portal, once somebody could come in.
    private func visit(ahead lead: Duration, _ body: (inout Browser) async throws -> Void) async throws {
        guard var browser = desk.content.withLock(\.browser) else { return }
        if await !isIn(&browser) {
            var link = takeLink()
            if link == nil, desk.content.withLock({ !$0.held.isEmpty }) {
                _ = await browser.get("\(Self.list)/sign-in")
                _ = await browser.post("\(Self.list)/sign-in", ["email": PortalSystem.address, "to": ""])
                try await letters.work(ahead: lead)
                link = takeLink()
            }
            guard let link else { return }
            _ = await browser.get(link)
            _ = await browser.post(
                "\(Self.list)/pass", ["pass": browser.hidden("pass"), "to": browser.hidden("to")])
        }
        if await isIn(&browser) { try await body(&browser) }
        desk.content.withLock { [browser] in $0.browser = browser }
    }

    private func isIn(_ browser: inout Browser) async -> Bool { await browser.get(Self.list).status == .ok }

    /// The last link that came.
    private func takeLink() -> String? {
        desk.content.withLock { desk in
            defer { desk.links = [] }
            return desk.links.last
        }
    }

    private func send(_ writing: PortalSystem.Writing, with browser: inout Browser) async throws {
        let place = "\(Self.list)/exchanges/\(writing.exchange.uuidString.lowercased())"
        _ = await browser.get(place)
        let form: HTTP.Query = ["act": writing.act, "message": writing.text, "seen": browser.hidden("seen")]
        let times =
            switch desk.content.withLock({ $0.faults.isEmpty ? nil : $0.faults.removeFirst() }) {
            case .cutAnswer, .lateAnswer, .failedAnswer, .twice: 2
            default: 1
            }
        for _ in 0..<times {
            let answer = await browser.post("\(place)/statements", form)
            #expect(answer.status == .seeOther, "\(writing)")
        }
    }

    /// Looks at everything that there is, and at what was there before.
    private func read(with browser: inout Browser) async throws {
        let list = await browser.get(Self.list).text
        let listed = list.matches(of: /\/supplier\/portal\/exchanges\/([0-9a-f-]{36})/).map { String($0.output.1) }
        var exchanges = desk.content.withLock(\.held).map(\.exchange)
        for exchange in listed.compactMap({ UUID(uuidString: $0) }) where !exchanges.contains(exchange) {
            exchanges.append(exchange)
        }
        var held: [PlayedTicket] = []
        for exchange in exchanges {
            let page = await browser.get("\(Self.list)/exchanges/\(exchange.uuidString.lowercased())").text
            held.append(try Self.ticket(exchange, on: page))
        }
        // What they have not sent yet is theirs all the same.
        if desk.content.withLock(\.writings).isEmpty { desk.content.withLock { $0.held = held } }
    }

    private static func ticket(_ exchange: UUID, on page: String) throws -> PlayedTicket {
        let badge = try #require(page.firstMatch(of: /badge state-([a-z_]+)/)).output.1
        let state: PlayedTicket.State =
            switch badge {
            case "waiting_requester": .waiting
            case "resolved": .resolved
            case "closed": .withdrawn
            default: .open
            }
        let entry = /<li class="entry entry-(desk|supplier)">.*?<div class="prose" dir="auto">(.*?)<\/div>/
            .dotMatchesNewlines()
        let notes = page.matches(of: entry).map { match in
            PlayedTicket.Note(
                match.output.2.replacing(/<[^>]+>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines),
                isOurs: match.output.1 == "desk")
        }
        return PlayedTicket(exchange, state, notes)
    }
}
