public import Catalogue
public import Desk
public import DeskStore
import HTML
public import HTTP
import Secrets

/// Somebody who has come in for a supplier by a link that was mailed to him, and works in its portal.
public struct SupplierAccount: Sendable {
    public let visit: Visit
    /// In small letters.
    public let address: String
    /// The suppliers for which the address speaks; never none.
    public let suppliers: [SupplierID]

    public var wording: Wording { visit.wording }

    /// The supplier as the organisation in force has it, if the person speaks for it.
    public func supplier(_ id: SupplierID) throws -> Supplier? {
        suppliers.contains(id) ? try visit.directory().supplier(id) : nil
    }
}

extension Website {
    /// A door for people of suppliers.
    public func suppliers(_ endpoints: [Endpoint<SupplierAccount>]) -> Door<SupplierAccount> {
        door(endpoints, visit: \.visit) { website, request in
            guard let account = try await website.supplierAccount(request) else { throw TurnedAway.notSignedIn }
            return account
        }
    }

    /// Whoever has a session in the portal of suppliers and still speaks for one; nil for everybody else.
    public func supplierAccount(_ request: Request) async throws -> SupplierAccount? {
        guard let token = supplierToken(in: request) else { return nil }
        let (address, directory) = try await store.supplierCaller(session: Digest(sha256: token).bytes)
        guard let address, let directory else { return nil }
        let suppliers = directory.suppliers(spokenForBy: address)
        guard !suppliers.isEmpty else { return nil }
        var visit = visit(request, by: nil, in: directory)
        visit.supplierAddress = address
        return SupplierAccount(visit: visit, address: address, suppliers: suppliers)
    }

    /// Lets somebody in for a supplier by a pass; the session is in the cookie of the answer.
    ///
    /// - Returns: nil where the pass was used before, or is too old.
    public func supplierSession(of address: String, by pass: PortalPass) async throws -> SetCookie? {
        let token = RandomToken.base62()
        let isOpen = try await store.startSupplierSession(
            digest: Digest(sha256: token).bytes, address: address, by: pass)
        return isOpen ? cookie(name(Self.supplierCookie), token) : nil
    }

    /// Ends the session of a request; the cookie takes it from the browser.
    public func endSupplierSession(of request: Request) async throws -> SetCookie {
        if let token = supplierToken(in: request) {
            try await store.endSupplierSession(digest: Digest(sha256: token).bytes)
        }
        return cookie(name(Self.supplierCookie), "", maxAge: .zero)
    }

    private static let supplierCookie = "supplier"

    private func supplierToken(in request: Request) -> String? { token(name(Self.supplierCookie), in: request) }

    /// Sends a stranger to where he is mailed a link, and from there back to the page he wanted to read.
    func signInForSupplier(comingFrom request: Request) -> Response {
        let wanted = request.method.isSafe && request.path != Self.suppliers.text ? request.path : nil
        let hasEnded = supplierToken(in: request) != nil
        return .seeOther(
            Link("\(Self.suppliers)/sign-in").adding(query: ["to": wanted, "ended": hasEnded ? "yes" : nil]).text)
    }
}
