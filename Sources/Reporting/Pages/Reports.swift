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

    /// - Parameter figures: the database that figures are read from, which may be a replica; sessions and the organisation
    ///   are always read from the website's own.
    public init(_ website: Website, figures: Database) {
        (self.website, self.figures) = (website, figures)
    }

    /// The door of the report pages.
    public var door: Door<Manager> {
        website.managers([
            Endpoint(.get, "/") { _, _ in Response.seeOther("/reports/service") },
            Endpoint(.get, "/reports") { _, _ in Response.seeOther("/reports/service") },
            Endpoint(.get, "/reports/service") { request, manager in try await page(request, manager) },
            Endpoint(.get, "/reports/service.json") { request, manager in
                let (report, names) = try await report(request, manager)
                return Response(json: report.json(names).bytes())
            },
            Endpoint(.get, "/reports/service.csv") { request, manager in
                let (report, names) = try await report(request, manager)
                return Response(
                    type: "text/csv; charset=utf-8; header=present", bytes: Array(report.csv(names).text.utf8),
                    fields: [.contentDisposition: "attachment; filename=\"\(report.fileName)\""])
            },
        ])
    }

    private func page(_ request: Request, _ manager: Manager) async throws -> Response {
        let directory = try await website.store.directory()
        let asked = asked(request, manager, directory)
        let report = try await ServiceReport(asked.question, from: figures)
        let names = Names(directory: directory, wording: manager.wording)
        return ServicePage(manager: manager, request: asked, report: report, names: names).response
    }

    private func report(_ request: Request, _ manager: Manager) async throws -> (ServiceReport, Names) {
        let directory = try await website.store.directory()
        let question = try asked(request, manager, directory).checked()
        return (
            try await ServiceReport(question, from: figures), Names(directory: directory, wording: manager.wording)
        )
    }

    private func asked(_ request: Request, _ manager: Manager, _ directory: Directory) -> ReportRequest {
        ReportRequest(
            request.query, reach: Reach(manager.rights), zone: zone(of: manager.person.homeSite, in: directory),
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
