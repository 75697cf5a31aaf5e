import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import Testing

@Suite("Finding articles", .database(template: TestDesk.template))
struct ArticleSearchTests {
    private func titles(_ hits: [ArticleHit]) -> [String] { hits.map(\.version.title) }

    @Test("A word in a title weighs more than one in a text, and every form of a word finds it")
    func rank() async throws {
        let desk = try TestDesk()
        try await desk.publish("Paper for the copier", "Printers of the third floor take the same paper.")
        try await desk.publish("Printer does not print", "Switch it off and on again.")
        let hits = try await desk.store.articles(saying: "printing", for: "en-GB", seeing: Sight())
        #expect(titles(hits) == ["Printer does not print"])
        let both = try await desk.store.articles(saying: "printers", for: "en", seeing: Sight())
        #expect(titles(both) == ["Printer does not print", "Paper for the copier"])
    }

    @Test(
        "Words are found by their stems in each of the five languages",
        arguments: [
            ("en", "Reset your password", "resetting passwords"), ("sv", "Byta lösenord", "lösenorden"),
            ("nb", "Bytte passord", "passordet"), ("nl", "Uw wachtwoord wijzigen", "wachtwoorden"),
            ("pl", "Zmiana hasła do poczty", "zmianę poczta"),
        ])
    func languages(language: String, title: String, words: String) async throws {
        let desk = try TestDesk()
        try await desk.publish(title, "-", in: language)
        try await desk.publish("Something else", "-", in: language)
        #expect(titles(try await desk.store.articles(saying: words, for: language, seeing: Sight())) == [title])
    }

    @Test("A reader whose language has nothing is answered in one of the organisation's")
    func fallback() async throws {
        let desk = try TestDesk()
        try await desk.publish("Konfigurere VPN", "Slik setter du opp VPN.", in: "nb")
        let hits = try await desk.store.articles(saying: "VPN", for: "sv", seeing: Sight())
        #expect(titles(hits) == ["Konfigurere VPN"])
        #expect(try await desk.store.articles(saying: "VPN", in: "sv", seeing: Sight()).isEmpty)
    }

    @Test("A list goes on behind the last article of the page before")
    func pages() async throws {
        let desk = try TestDesk()
        for number in 1...5 { try await desk.publish("Scanner \(number)", "The scanner.") }
        var (found, place): ([String], ArticlePlace?) = ([], nil)
        for _ in 1...3 {
            let page = try await desk.store.articles(
                saying: "scanner", in: "en", after: place, limit: 2, seeing: Sight())
            found += titles(page)
            place = page.last.flatMap { ArticlePlace(text: $0.place.text) }
        }
        #expect(found == (1...5).map { "Scanner \($0)" })
    }

    @Test("Words that mean something to a search are never an error")
    func syntax() async throws {
        let desk = try TestDesk()
        try await desk.publish("C:\\temp is 'full'", "Delete & empty | !now")
        for words in ["'", "\\", "a & | ! <-> (", "\"", "-", "or", ":*", "", "temp\u{0}"].dropLast() {
            _ = try await desk.store.articles(saying: words, for: "en", seeing: Sight())
            _ = try await desk.store.articles(like: words, words, in: "en", seeing: Sight())
        }
        let hits = try await desk.store.articles(like: "C:\\temp is 'full'", "", in: "en", seeing: Sight())
        #expect(hits.count == 1)
    }
}
