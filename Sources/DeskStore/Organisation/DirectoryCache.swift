import Desk
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

    /// The last that was known; another may be in force by this time.
    var newest: Directory? { latest.withLock(\.self) }

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
    /// The organisation that was in force when somebody last asked; nil where nobody has.
    public var lastDirectory: Directory? { directories.newest }

    /// The organisation in force. It stays in force until the transaction is over: whoever puts another in force waits
    /// for that, so that nothing is committed by what no longer holds.
    public func directory(using transaction: borrowing Transaction) async throws -> Directory {
        var batch = Batch()
        let newest = batch.organisationInForce()
        guard let version = try await transaction.ask(batch)[newest] else { throw NoOrganisation() }
        return try await directory(version: version, using: transaction)
    }

    /// The organisation of a version that is in force.
    func directory(version: Int64, using transaction: borrowing Transaction) async throws -> Directory {
        if let known = directories.directory(version: version) { return known }
        let loaded = try await load(version: version, using: transaction)
        directories.keep(loaded)
        return loaded
    }

    /// The organisation of a version that was just read, and may have been followed by another since.
    func directory(version: Int64) async throws -> Directory {
        if let known = directories.directory(version: version) { return known }
        return try await directory()
    }

    /// The organisation in force; one that is known already takes a single question.
    public func directory() async throws -> Directory {
        if let version = try await database.first(.newestOrganisation, as: Int64.self),
            let known = directories.directory(version: version)
        {
            return known
        }
        return try await transaction { (transaction: borrowing Transaction) in
            guard let version = try await transaction.first(.newestOrganisation, as: Int64.self) else {
                throw NoOrganisation()
            }
            return try await directory(version: version, using: transaction)
        }
    }

    private func load(version: Int64, using transaction: borrowing Transaction) async throws -> Directory {
        var batch = Batch()
        let text = batch.first("select document from organisation where version = \(version)", as: String.self)
        let calendars = batch.all(
            Query<CalendarVersionRow>("select \(columns: CalendarVersionRow.self) from calendar_version"))
        let scopes = batch.all("select kind, subject, id from scope", as: (Scope.Kind, Int64, Int64).self)
        let sites = batch.all("select id, code from site", as: (SiteID, String).self)
        let teams = batch.all("select id, code from team", as: (TeamID, String).self)
        let positions = batch.all("select id, code from position", as: (PositionID, String).self)
        let categories = batch.all("select id, code from category", as: (CategoryID, String).self)
        let suppliers = batch.all("select id, code from supplier", as: (SupplierID, String).self)
        let answers = try await transaction.ask(batch)
        return Directory(
            version: version,
            organisation: try Organisation(json: JSON.parse(answers[text] ?? "")) { [zones] in try zones.zone($0) },
            sites: Codebook(try answers[sites]), teams: Codebook(try answers[teams]),
            positions: Codebook(try answers[positions]), categories: Codebook(try answers[categories]),
            suppliers: Codebook(try answers[suppliers]),
            scopes: Dictionary(uniqueKeysWithValues: try answers[scopes].map { (Scope($0.0, subject: $0.1), $0.2) }),
            calendars: try CalendarVersions(answers[calendars], zones: zones))
    }
}

extension Batch {
    /// Asks for the version of the organisation that is in force, and that stays so until the transaction is over.
    mutating func organisationInForce() -> Pending<Int64?> {
        holdOrganisation()
        return first(.newestOrganisation, as: Int64.self)
    }

    /// Has the organisation that is in force stay so until the transaction is over. A statement of its own before all
    /// others: what they read must not be older than the lock.
    mutating func holdOrganisation() {
        _ = first("select true from \(.organisationHeld)", as: Bool.self)
    }
}

extension SQL {
    /// The version of the organisation that is in force.
    static let newestOrganisation: SQL = "select version from organisation order by version desc limit 1"
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
