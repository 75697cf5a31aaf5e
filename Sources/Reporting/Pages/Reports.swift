import Catalogue
import Desk
import DeskStore
public import DeskWeb
public import HTTP
import JSON
import Moments
public import Postgres
import Runtime
import TimeZones

/// The pages of figures, for those who lead, manage or administer.
public struct Reports: Sendable {
    private let website: Website
    private let figures: Database
    private let rates: TokenRates

    /// - Parameters:
    ///   - figures: the database that figures are read from, which may be a replica; sessions and the organisation are
    ///     always read from the website's own.
    ///   - rate: how many requests a minute a token allows that does not say so itself.
    public init(_ website: Website, figures: Database, rate: Int = TokenRates.standard) {
        (self.website, self.figures) = (website, figures)
        rates = TokenRates(store: website.store, standard: rate)
    }

    /// Adds the pages, and the same figures for programs.
    public func mount(on router: inout Router) {
        router.mount(website.managers(pages))
        router.mount(programs)
    }

    private var pages: [Endpoint<Manager>] {
        [
            Endpoint(.get, "/") { _, _ in Response.seeOther("/reports/service") },
            Endpoint(.get, "/reports") { _, _ in Response.seeOther("/reports/service") },
            Endpoint(.get, "/reports/service/tickets") { request, manager in try await listing(request, manager) },
        ] + ReportName.allCases.flatMap { pages(of: $0) }
    }

    /// A report as a page, and as programs read what the page shows.
    private func pages(of name: ReportName) -> [Endpoint<Manager>] {
        [
            Endpoint(.get, "/reports/\(name.rawValue)") { request, manager in
                let asked = try await asked(request, name.usualSplit, manager)
                let names = try await names(manager.wording)
                let report = try await report(name, asked.question, names)
                return ReportPage(manager: manager, request: asked, report: report, names: names).response
            },
            Endpoint(.get, "/reports/\(name.rawValue).json") { request, manager in
                let question = try await asked(request, name.usualSplit, manager).checked()
                let names = try await names(manager.wording)
                return Response(json: try await report(name, question, names).json(names).bytes())
            },
            Endpoint(.get, "/reports/\(name.rawValue).csv") { request, manager in
                let question = try await asked(request, name.usualSplit, manager).checked()
                let names = try await names(manager.wording)
                let report = try await report(name, question, names)
                return Response(
                    type: "text/csv; charset=utf-8; header=present", bytes: Array(report.csv(names).text.utf8),
                    fields: [.contentDisposition: "attachment; filename=\"\(report.fileName)\""])
            },
        ]
    }

    private var programs: Door<FiguresClient> {
        let store = website.store
        return Door(
            { [rates] request in try await FiguresClient(request, store, rates) },
            complete: { response, _ in
                var response = response
                response.fields[.cacheControl] = "private, no-store"
                return response
            },
            fields: \.quota,
            endpoints: ReportName.allCases.map { name in
                Endpoint(.get, "/api/v1/metrics/\(name.rawValue)") { request, client in
                    let names = try await names(Wording(.english))
                    let asked = ReportRequest(
                        request.query, by: name.usualSplit, reach: client.reach,
                        zone: zone(of: nil, in: names.directory), now: store.timekeeper.now, names.wording)
                    let report = try await report(name, asked.checked(), names)
                    return Response(json: report.json(names).bytes())
                }
            })
    }

    private func listing(_ request: Request, _ manager: Manager) async throws -> Response {
        let question = try await asked(request, .site, manager).checked()
        guard let listing = Listing(request.query, of: question) else { throw EndpointFault.noSuchPath }
        let lines = try await figures.all(.lines(listing))
        return ListingPage(
            manager: manager, listing: listing, lines: lines, names: try await names(manager.wording)
        ).response
    }

    private func report(
        _ name: ReportName, _ question: Question, _ names: Names
    ) async throws -> any Report {
        switch name {
        case .service: try await ServiceReport(question, from: figures)
        case .cost: try await CostReport(question, rates: RateTable(names.directory), from: figures)
        case .outcomes:
            try await OutcomeReport(
                question, rates: RateTable(names.directory), language: names.wording.language.tag, from: figures)
        case .targets: try await TargetReport(question, from: figures)
        case .suppliers: try await SupplierReport(question, from: figures)
        }
    }

    private func names(_ wording: Wording) async throws -> Names {
        Names(directory: try await website.store.directory(), wording: wording)
    }

    private func asked(_ request: Request, _ usual: Split, _ manager: Manager) async throws -> ReportRequest {
        let zone = zone(of: manager.person.homeSite, in: try await website.store.directory())
        return ReportRequest(
            request.query, by: usual, reach: Reach(manager.rights), zone: zone,
            now: website.store.timekeeper.now, manager.wording)
    }

    /// The zone in which somebody's days begin: that of his site, or of the organisation's first.
    private func zone(of site: SiteID?, in directory: Directory) -> Zone {
        let name = (site ?? directory.defaultSite).zone(in: directory)
        return name.flatMap { try? website.store.zones.zone($0) } ?? .utc
    }
}

extension SiteID {
    fileprivate func zone(in directory: Directory) -> String? { directory.site(self)?.zone }
}
