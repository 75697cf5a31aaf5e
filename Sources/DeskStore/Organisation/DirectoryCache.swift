public import Desk
import JSON
import Moments
public import Postgres
import Synchronization
import TimeZones

/// The directory of the newest version that was asked for: parsed once for each version.
final class DirectoryCache: Sendable {
    private let latest = Mutex<Directory?>(nil)

    func directory(version: Int64) -> Directory? {
        latest.withLock { $0?.version == version ? $0 : nil }
    }

    func keep(_ directory: Directory) {
        latest.withLock { if ($0?.version ?? 0) <= directory.version { $0 = directory } }
    }
}

/// No organisation has been applied yet, so there is no desk that could take a ticket.
public struct NoOrganisation: Error, CustomStringConvertible {
    public init() {}
    public var description: String { "No organisation has been applied yet. Run: deskctl apply organisation.json" }
}

extension DeskStore {
    /// The organisation in force, as this transaction sees it.
    public func directory(using transaction: borrowing Transaction) async throws -> Directory {
        let newest: SQL = "select version from organisation order by version desc limit 1"
        guard let version = try await transaction.first(newest, as: Int64.self) else { throw NoOrganisation() }
        return try await directory(version: version, using: transaction)
    }

    /// The organisation of a version that is in force.
    func directory(version: Int64, using transaction: borrowing Transaction) async throws -> Directory {
        if let known = directories.directory(version: version) { return known }
        let loaded = try await load(version: version, using: transaction)
        directories.keep(loaded)
        return loaded
    }

    public func directory() async throws -> Directory {
        try await transaction { (transaction: borrowing Transaction) in try await directory(using: transaction) }
    }

    /// The parts of the product that the organisation in force has switched on; none before there is one.
    public func modules() async throws -> Set<Module> {
        let newest: SQL = "select version from organisation order by version desc limit 1"
        guard let version = try await database.first(newest, as: Int64.self) else { return [] }
        if let known = directories.directory(version: version) { return Set(known.organisation.modules) }
        return Set(try await directory().organisation.modules)
    }

    private func load(version: Int64, using transaction: borrowing Transaction) async throws -> Directory {
        let text = try await transaction.first(
            "select document from organisation where version = \(version)", as: String.self)
        let calendars = try await transaction.all(
            Query<CalendarVersionRow>("select \(columns: CalendarVersionRow.self) from calendar_version"))
        let scopes = try await transaction.all(
            "select kind, subject, id from scope", as: (Scope.Kind, Int64, Int64).self)
        return Directory(
            version: version,
            organisation: try Organisation(json: JSON.parse(text ?? "")) { [zones] in try zones.zone($0) },
            sites: Codebook(try await transaction.all("select id, code from site", as: (SiteID, String).self)),
            teams: Codebook(try await transaction.all("select id, code from team", as: (TeamID, String).self)),
            positions: Codebook(
                try await transaction.all("select id, code from position", as: (PositionID, String).self)),
            categories: Codebook(
                try await transaction.all("select id, code from category", as: (CategoryID, String).self)),
            suppliers: Codebook(
                try await transaction.all("select id, code from supplier", as: (SupplierID, String).self)),
            scopes: Dictionary(uniqueKeysWithValues: scopes.map { (Scope($0.0, subject: $0.1), $0.2) }),
            calendars: try CalendarVersions(calendars, zones: zones))
    }
}

extension Scope {
    init(_ kind: Kind, subject: Int64) {
        switch kind {
        case .site: self = .site(SiteID(subject))
        case .team: self = .team(TeamID(subject))
        case .supplier: self = .supplier(SupplierID(subject))
        }
    }
}
