import Desk
public import DeskStore
import DeskSuppliers
public import DeskWeb
public import HTTP
public import Runtime

/// The desk as suppliers' systems see it that speak TMF621: the tickets that the supplier has from us, in versions 4
/// and 5, with the behaviour of MEF 124. What is told here is applied at once, because the answer needs it.
///
/// A supplier shows a token of its own. Such tokens are those of the API with a supplier in place of scopes: 256 random
/// bits of which only the digest is kept, found by it, ended one by one, several at a time while one takes another's
/// place. Neither kind opens the other's door.
public struct TroubleTicketDoor: Sendable {
    let store: DeskStore
    /// The URL of the desk, without a slash at its end.
    let base: String
    let log: Log
    private let rates: TokenRates

    /// The largest body that is taken, in bytes.
    static let largestBody = 256 * 1024
    /// The largest body that may bring files in base64, in bytes.
    static let largestChange = 11 << 20
    /// What the paths of this door begin with.
    static let root = "/tmf-api/"

    /// - Parameters:
    ///   - base: the URL of the desk, without a slash at its end.
    ///   - rate: how many requests a minute a token allows that does not say so itself.
    public init(store: DeskStore, base: String, rate: Int = TokenRates.standard, log: Log) {
        (self.store, self.base, self.log) = (store, base, log)
        rates = TokenRates(store: store, standard: rate)
    }

    public var door: Door<SupplierClient> {
        Door(
            { request in try await client(of: request) }, fields: \.quota,
            endpoints: TroubleTicketVersion.allCases.flatMap { version in
                readingEndpoints(version) + [fileEndpoint(version)] + changingEndpoints(version)
                    + hubEndpoints(version)
            })
    }

    private func client(of request: Request) async throws -> SupplierClient {
        try Self.requireJSON(in: request)
        let (token, directory) = try await BearerToken.visit(behind: request, in: store, ofSupplier: true)
        guard let id = token.supplier, let supplier = directory.supplier(id) else {
            throw TroubleTicketError(
                status: 403, code: "accessDenied", reason: "The organisation no longer names this supplier.")
        }
        let quota = try await rates.admit(token)
        return SupplierClient(id: id, supplier: supplier, directory: directory, quota: quota)
    }

    /// Turns away whoever wants nothing that is written here. A file is of whichever type it is.
    private static func requireJSON(in request: Request) throws(TroubleTicketError) {
        guard let accepted = request.fields[.accept], request.target.segments.dropLast().last != files else { return }
        let kinds = accepted.split(separator: ",").map { kind in
            kind.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        }
        guard kinds.isEmpty || kinds.contains(where: { ["*/*", "application/*", "application/json"].contains($0) })
        else {
            throw TroubleTicketError(
                status: 406, reason: "Answers are written as application/json; accept that, or leave Accept out.")
        }
    }

    func face(_ version: TroubleTicketVersion, for client: SupplierClient) -> TroubleTicketFace {
        TroubleTicketFace(
            version: version, base: base, supplier: client.supplier, directory: client.directory)
    }
}
