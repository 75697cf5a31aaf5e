import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@testable import Reporting

@Suite("The report pages", .database(template: TestDesk.template))
struct ReportsTests {
    private static let manager = "henrik.lund@norrsken.example"
    private static let administrator = "ingrid.solberg@norrsken.example"
    /// Of Oslo alone.
    private static let lead = "ola.hansen@norrsken.example"
    private static let agent = "kari.nordmann@norrsken.example"

    private func router(_ played: PlayedDesk) throws -> Router {
        let address = try #require(WebAddress("http://localhost:8080"))
        let website = Website(
            store: played.reporting.store, keys: MasterKeys(id: "test", key: .random()), publicURL: address,
            hasher: PasswordHasher(offload: Offload(width: 1)), log: .silent)
        var router = Router(renderError: website.errorRenderer)
        website.mount(on: &router)
        Reports(website, figures: played.reporting.store.database).mount(on: &router)
        return router
    }

    /// A request by somebody who has signed in.
    private func get(
        _ target: String, as email: String?, _ played: PlayedDesk, language: String? = nil
    ) async throws -> Response {
        var fields = Fields()
        if let email {
            let person = try #require(await played.desk.store.person(at: email)).id
            let token = RandomToken.base62()
            try await played.reporting.store.startSession(digest: Digest(sha256: token).bytes, person: person)
            fields[.cookie] = "sid=\(token)" + (language.map { "; language=\($0)" } ?? "")
        }
        return try await router(played).respond(to: Request(.get, target, fields: fields))
    }

    private func play() async throws -> PlayedDesk {
        let played = try await PlayedDesk()
        let number = try await played.open(at: "OSL", first: "osl-first")
        played.advance(minutes: 25)
        try await played.act(number) { .resolved(.solved, note: $0) }
        try await played.count()
        // The pages ask the time of the role's own desk.
        played.reporting.time.advance(by: .seconds(3600))
        return played
    }

    @Test("The page speaks each language and shows the figures", arguments: Language.allCases)
    func page(_ language: Language) async throws {
        let played = try await play()
        let response = try await get("/reports/service", as: Self.manager, played, language: language.tag)
        let wording = Wording(language)
        #expect(response.status == .ok)
        #expect(response.text.contains("<html lang=\"\(language.tag)\""))
        #expect(response.text.contains("<h1>\(wording(.reportServiceTitle))</h1>"))
        #expect(response.text.contains(wording(.reportChartDays)))
        #expect(response.text.contains(wording.duration(.seconds(25 * 60))))
        #expect(response.text.contains("<svg role=\"img\""))
        #expect(response.text.contains("Oslo"))
        await played.close()
    }

    @Test("The page of time and cost speaks each language and leads to the tickets", arguments: Language.allCases)
    func cost(_ language: Language) async throws {
        let played = try await PlayedDesk()
        let number = try await played.open(at: "OSL", first: "osl-first")
        try await played.act(number) { _ in .taken(played.agent) }
        played.advance(minutes: 120)
        try await played.act(number) { .resolved(.unrepairable, note: $0) }
        try await played.count()
        played.reporting.time.advance(by: .seconds(3 * 3600))
        let page = try await get("/reports/cost?by=tier", as: Self.manager, played, language: language.tag)
        let wording = Wording(language)
        #expect(page.status == .ok)
        #expect(page.text.contains("<h1>\(wording(.reportCostTitle))</h1>"))
        #expect(page.text.contains("aria-current=\"page\">\(wording(.reportCostTitle))</a>"))
        // Two hours of the first line at 38.50.
        #expect(page.text.contains(wording.number(77, decimals: 2) + "\u{A0}EUR"))
        #expect(page.text.contains(wording(.tier, 1)))
        let list = "/reports/service/tickets?from=2026-03-02&to=2026-03-02&by=tier&count=worked&key="
        #expect(try await get("\(list)1", as: Self.manager, played).text.contains("OSL-1"))
        #expect(try await !get("\(list)2", as: Self.manager, played).text.contains("OSL-1"))
        await played.close()
    }

    @Test("Each report speaks each language, leads to the others, and is downloaded", arguments: Language.allCases)
    func reports(_ language: Language) async throws {
        let played = try await play()
        let supplier = try #require(played.directory.suppliers["fjordnett"])
        let referred = try await played.open(at: "OSL", first: "osl-first")
        try await played.act(referred) { .referred(supplier, note: $0) }
        try await played.count()
        let wording = Wording(language)
        for name in ReportName.allCases {
            let path = "/reports/\(name.rawValue)"
            let page = try await get(path, as: Self.manager, played, language: language.tag)
            #expect(page.text.contains("<h1>\(wording(name.phrase))</h1>"))
            #expect(page.text.contains("aria-current=\"page\">\(wording(name.phrase))</a>"))
            #expect(page.text.contains("<tbody>"), "\(path)")
            let json = try JSON.parse(try await get("\(path).json", as: Self.manager, played).text)
            #expect(json["report"]?.string == name.rawValue)
            let csv = try await get("\(path).csv", as: Self.manager, played)
            #expect(csv.fields[.contentDisposition]?.contains("\(name.rawValue)-2026-") == true)
            #expect(csv.text.hasPrefix("\(name.usualSplit.rawValue),name,"))
        }
        await played.close()
    }

    @Test("A stranger is sent to sign in, an agent is refused, a manager is let in")
    func doors() async throws {
        let played = try await play()
        let reports = ReportName.allCases.map(\.rawValue)
        for path in reports.flatMap({ ["/reports/\($0)", "/reports/\($0).csv", "/reports/\($0).json"] }) {
            let stranger = try await get(path, as: nil, played)
            #expect(stranger.status == .seeOther)
            #expect(stranger.fields[.location]?.hasPrefix("/sign-in") == true)
            #expect(try await get(path, as: Self.agent, played).status == .forbidden)
            #expect(try await get(path, as: Self.manager, played).status == .ok)
        }
        await played.close()
    }

    @Test("The JSON and the CSV hold what the page shows")
    func formats() async throws {
        let played = try await play()
        let query = "?from=2026-03-02&to=2026-03-02&by=team"
        let json = try JSON.parse(try await get("/reports/service.json\(query)", as: Self.manager, played).text)
        #expect(json["total"]?["resolved"]?.integer == 1)
        #expect(json["total"]?["resolution"]?["median_seconds"]?.double == 1500)
        #expect(json["groups"]?[0]?["key"]?.string == "osl-first")
        #expect(json["zone"]?.string == "Europe/Stockholm")

        let csv = try await get("/reports/service.csv\(query)", as: Self.manager, played)
        let lines = csv.text.split(separator: "\r\n", omittingEmptySubsequences: true)
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("team,name,opened,resolved,open,"))
        #expect(lines[1].hasPrefix("osl-first,Oslo service desk,1,1,0,1,1500.0,"))
        #expect(csv.fields[.contentDisposition]?.contains("service-2026-03-02-2026-03-02-by-team.csv") == true)
        await played.close()
    }

    @Test("Wrong choices are named on the page and refused with all faults to programs")
    func faults() async throws {
        let played = try await play()
        let query = "?from=2026-03-05&to=yesterday&by=moon"
        let page = try await get("/reports/service\(query)", as: Self.manager, played, language: "en")
        #expect(page.status == .unprocessableContent)
        #expect(page.text.contains("Enter a date like"))
        #expect(page.text.contains("value=\"yesterday\""))
        let json = try await get("/reports/service.json\(query)", as: Self.manager, played)
        #expect(json.status == .unprocessableContent)
        await played.close()
    }

    @Test("A number of the report leads to the tickets behind it, and they to the workspace for whoever works there")
    func listing() async throws {
        let played = try await play()
        _ = try await played.open(at: "AMS", first: "ams-first")
        try await played.count()
        let report = try await get("/reports/service?by=team", as: Self.manager, played, language: "en")
        #expect(report.text.contains("/reports/service/tickets?"))
        let query = "?from=2026-03-02&to=2026-03-02&by=team"
        let all = try await get("/reports/service/tickets\(query)&count=opened", as: Self.manager, played)
        #expect(all.text.contains("OSL-1") && all.text.contains("AMS-1"))
        #expect(!all.text.contains("/desk/tickets/"), "A manager who is no agent has no place in the workspace.")
        let key = try #require(played.directory.teams["ams-first"]).rawValue
        let open = try await get("/reports/service/tickets\(query)&count=open&key=\(key)", as: Self.lead, played)
        #expect(!open.text.contains("AMS-1"), "Oslo's lead does not see what is Amsterdam's alone.")
        let administrator = try await get(
            "/reports/service/tickets\(query)&count=open&key=\(key)", as: Self.administrator, played)
        #expect(administrator.text.contains("http://localhost:8080/desk/tickets/AMS-1"))
        #expect(!administrator.text.contains("OSL-1"))
        let nothing = try await get("/reports/service/tickets\(query)&count=lost", as: Self.manager, played)
        #expect(nothing.status == .notFound)
        await played.close()
    }

    @Test(
        "Tickets of a confidential team are counted for everybody and named to that team alone, in all their episodes")
    func confidential() async throws {
        let played = try await play()
        let number = try await played.open(at: "OSL", first: "osl-first")
        let staff = try played.team("osl-staff", at: "OSL")
        try await played.act(number) { .handedOver(staff, reason: "skill", note: $0) }
        try await played.count()
        let query = "?from=2026-03-02&to=2026-03-02&count=opened"
        for reader in [Self.manager, Self.lead, Self.administrator] {
            let page = try await get("/reports/service/tickets\(query)", as: reader, played, language: "en")
            #expect(page.text.contains("OSL-1") && !page.text.contains(number.description), "\(reader)")
            #expect(page.text.contains("2 tickets") && page.text.contains("not listed: 1 ticket"), "\(reader)")
        }
        let marit = try #require(await played.desk.store.person(at: "marit.dahl@norrsken.example")).id
        try await TestDatabase.current.run(
            "insert into role_grant (person, role, site) values (\(marit), 'lead', null)")
        let own = try await get("/reports/service/tickets\(query)", as: "marit.dahl@norrsken.example", played)
        #expect(own.text.contains(number.description))
        await played.close()
    }

    @Test("Programs read the figures with a token that allows it, of the token's site alone")
    func programs() async throws {
        let played = try await play()
        _ = try await played.open(at: "AMS", first: "ams-first")
        try await played.count()
        func opened(scopes: [String], at site: SiteID?) async throws -> (status: Status, opened: Int64?) {
            let token = Secrets.APIToken.random(prefix: "mer")
            try await played.desk.store.addToken(
                name: token.text, digest: token.digest.bytes, scopes: scopes, site: site, expiresAt: nil)
            let response = try await router(played).respond(
                to: Request(
                    .get, "/api/v1/metrics/service?from=2026-03-02&to=2026-03-02",
                    fields: [.authorization: "Bearer \(token.text)"]))
            return (response.status, try JSON.parse(response.text)["total"]?["opened"]?.integer)
        }
        #expect(try await opened(scopes: ["figures:read"], at: nil) == (.ok, 2))
        #expect(try await opened(scopes: ["figures:read"], at: played.site("AMS")) == (.ok, 1))
        #expect(try await opened(scopes: ["tickets:read"], at: nil) == (.forbidden, nil))
        let stranger = try await router(played).respond(to: Request(.get, "/api/v1/metrics/service"))
        #expect(stranger.status == .unauthorized)
        #expect(stranger.fields[.contentType] == "application/problem+json")
        await played.close()
    }
}
