import DeskStore
import DeskWeb
import HTTP
import JSON
import Moments
import Postgres
import Reporting
import Runtime
import Secrets

/// The reporting service's door for programs, with a token that may read all figures.
struct FiguresDoor {
    private let router: Router
    private let token = APIToken.random(prefix: "mer")
    private let start: Moment

    /// By what figures are broken down.
    static let splits = ["site", "tier", "team", "kind", "category", "supplier"]

    /// - Parameter start: when the first ticket came in.
    init(_ world: World, from start: Moment) async throws {
        guard let address = WebAddress("http://localhost:8081") else { throw ChaosFault("an address is none") }
        let website = Website(
            store: world.reporting, keys: MasterKeys(id: "chaos", key: .random()), publicURL: address,
            hasher: PasswordHasher(offload: Offload(width: 1)), log: .silent)
        var router = Router(renderError: website.errorRenderer)
        Reports(website, figures: world.reporting.database).mount(on: &router)
        (self.router, self.start) = (router, start)
        try await world.operators.addToken(
            name: "figures", digest: token.digest.bytes, scopes: ["figures:read"], site: nil, expiresAt: nil)
    }

    /// The report of all days since the beginning.
    func report(by split: String, until end: Moment) async throws -> JSON {
        func day(_ moment: Moment) -> Substring { moment.rfc3339.prefix(10) }
        let (first, last) = (day(start - .seconds(86_400)), day(end + .seconds(86_400)))
        let target = "/api/v1/metrics/service?from=\(first)&to=\(last)&by=\(split)"
        let response = await router.respond(
            to: Request(.get, target, fields: [.authorization: "Bearer \(token.text)"]))
        guard response.status == .ok else {
            throw ChaosFault("the reports answer \(response.status): \(response.text)")
        }
        return try JSON.parse(response.text)
    }
}

extension Simulation {
    /// The sums over sites, and over everything else by which figures are broken down, are the totals.
    func checkFigures() async throws {
        let door = try await FiguresDoor(world, from: beginning)
        let episodes = try await world.operators.database.first(
            "select coalesce(sum(episode), 0)::bigint from ticket", as: Int64.self)
        for split in FiguresDoor.splits {
            let report = try await door.report(by: split, until: now)
            let groups = report["groups"]?.array ?? []
            func compare(_ name: String, _ value: (JSON) -> Int64?) {
                let total = report["total"].flatMap(value) ?? -1
                let sum = groups.reduce(0) { $0 + (value($1) ?? 0) }
                if sum != total { fail("sums are totals", about: "\(name) by \(split)", "sum \(sum), total \(total)") }
            }
            for name in ["opened", "resolved", "open"] { compare(name) { $0[name]?.integer } }
            for name in ["response", "resolution"] { compare(name) { $0[name]?["count"]?.integer } }
            if report["total"]?["opened"]?.integer != episodes {
                fail(
                    "figures count the log", about: "opened by \(split)",
                    "\(report["total"]?.text ?? ""), \(episodes ?? 0)")
            }
        }
    }
}
