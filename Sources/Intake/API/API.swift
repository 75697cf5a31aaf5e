import Desk
public import DeskStore
public import DeskWeb
public import HTTP
import JSON
import Moments
import Postgres
import Runtime
public import Secrets

/// The desk for programs: JSON under `/api/v1`, behind bearer tokens.
public struct API: Sendable {
    let store: DeskStore
    let cursors: PageCursor
    /// Where kept mail is sorted anew.
    let mail: MailDoor
    let documents = DocumentCache()

    let uploads: UploadRequest
    private let rates: TokenRates
    /// By which programs that follow a ticket are told when to look.
    let watch: TicketWatch
    let leaving: Preview?

    /// The largest file that is taken unless a setting says otherwise, in bytes.
    public static let largestFile = 25 * 1024 * 1024
    static let root = "/api/v1"

    /// - Parameters:
    ///   - largestFile: in bytes; of no more than one piece is ever in memory.
    ///   - rate: how many requests a minute a token allows that does not say so itself.
    ///   - leaving: what would leave to a supplier; without it, no preview is found.
    ///   - watch: a service of the program; without one, those who follow a ticket look every now and then.
    public init(
        store: DeskStore, keys: MasterKeys, largestFile: Int = API.largestFile, rate: Int = TokenRates.standard,
        watch: TicketWatch? = nil, leaving: Preview? = nil
    ) {
        self.leaving = leaving
        self.store = store
        self.watch = watch ?? TicketWatch(store)
        rates = TokenRates(store: store, standard: rate)
        uploads = UploadRequest(limit: largestFile, store: store)
        cursors = PageCursor(keys)
        mail = MailDoor(store: store, keys: keys, log: .silent)
    }

    /// The door through which programs with a token come in.
    public var door: Door<APIClient> {
        Door(
            { [self] request in
                let (token, directory) = try await BearerToken.visit(behind: request, in: store)
                return client(with: token, in: directory, quota: try await rates.admit(token))
            },
            fields: \.quota,
            endpoints: ticketEndpoints + entryEndpoints + fileEndpoints + actionEndpoints + undertakingEndpoints
                + questionEndpoints + tieEndpoints + historyEndpoints + articleEndpoints + macroEndpoints
                + previewEndpoints + peopleEndpoints + absenceEndpoints + mailEndpoints + claimEndpoints
                + announcementEndpoints)
    }

    /// Who asks, with what his token allows at this moment.
    func client(of request: Request) async throws -> APIClient {
        let (token, directory) = try await BearerToken.visit(behind: request, in: store)
        return client(with: token, in: directory)
    }

    private func client(with token: TokenRecord, in directory: Directory, quota: Fields = Fields()) -> APIClient {
        APIClient(
            id: AccessTokenID(token.id), scopes: Set(token.scopes), site: token.site,
            sight: directory.sight(of: token.site), directory: directory, quota: quota)
    }

    /// The number in a path, or the same answer as for a ticket that does not exist.
    static func number(_ text: String) throws(NoSuchTicket) -> TicketNumber {
        guard let number = TicketNumber(text) else { throw NoSuchTicket(number: text) }
        return number
    }

    /// A ticket as the answer to whoever read or changed it.
    ///
    /// - Parameter more: what this answer tells beside the ticket.
    static func answer(
        _ card: TicketCard, in directory: Directory, _ status: Status = .ok, telling more: [(String, JSON)] = []
    ) -> Response {
        var document = TicketJSON(card, in: directory).json
        if case .object(var members) = document {
            for (name, value) in more { members[name] = value }
            document = .object(members)
        }
        var response = Response(status, json: document.bytes())
        response.fields[.entityTag] = EntityTag(String(card.ticket.revision)).description
        response.fields[.cacheControl] = "private, no-cache"
        return response
    }
}
