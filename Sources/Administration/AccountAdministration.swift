import Desk
public import DeskStore
import Moments
import Postgres
import Runtime
public import Secrets

/// Accounts as an operator makes and mends them.
public struct AccountAdministration: Sendable {
    let store: DeskStore
    let hasher: PasswordHasher

    public init(_ store: DeskStore, hasher: PasswordHasher) {
        (self.store, self.hasher) = (store, hasher)
    }

    /// Why an account cannot be made or mended.
    public enum Fault: Error, Equatable, CustomStringConvertible {
        case unknown(String)
        case shortPassword
        /// There is an account, whose password a second one would replace.
        case exists(String)

        public var description: String {
            switch self {
            case .unknown(let address):
                "nobody with the address \(address) is known. Name the person in the organisation document first."
            case .shortPassword: "the password has fewer than 8 characters; give a longer one."
            case .exists(let address): "\(address) has a password already; creating would replace it."
            }
        }
    }

    /// Gives a person who cannot sign in yet a first password.
    ///
    /// - Parameter password: at least 8 characters; one is made if nil.
    /// - Returns: the password, to be told once.
    /// - Throws: ``Fault``, also where there is an account already; `DatabaseError`.
    @discardableResult
    public func create(_ password: String? = nil, for address: String) async throws -> String {
        let (person, password, hash) = try await prepare(password, for: address)
        guard try await store.addAccount(hash, of: person) else { throw Fault.exists(address) }
        return password
    }

    /// Gives a person a password, new or instead of the one before; all sessions under the old one end.
    ///
    /// - Parameter password: at least 8 characters; one is made if nil.
    /// - Returns: the password, to be told once.
    @discardableResult
    public func setPassword(_ password: String? = nil, for address: String) async throws -> String {
        let (person, password, hash) = try await prepare(password, for: address)
        try await store.setPassword(hash, of: person)
        return password
    }

    private func prepare(
        _ password: String?, for address: String
    ) async throws -> (person: PersonID, password: String, hash: String) {
        guard let person = try await store.person(at: address) else { throw Fault.unknown(address) }
        let password = password ?? RandomToken.base62(length: 16)
        guard password.count >= 8 else { throw Fault.shortPassword }
        return (person.id, password, try await hasher.hash(password).text)
    }

    /// A person of the desk with what he may do.
    public struct User: Sendable {
        public let name: String
        public let address: String
        public let roles: [String]
        public let hasPassword: Bool
    }

    /// Everybody who may do something, by address.
    public func list() async throws -> [User] {
        try await store.database.all(
            """
            select p.name, a.address, array(select g.role || coalesce('@' || s.code, '')
                from role_grant g left join site s on s.id = g.site where g.person = p.id order by 1),
                exists (select from account c where c.person = p.id)
            from person p join person_address a on a.person = p.id
            where exists (select from role_grant g where g.person = p.id)
                or exists (select from account c where c.person = p.id)
            order by a.address
            """, as: (String, String, [String], Bool).self
        ).map { User(name: $0, address: $1, roles: $2, hasPassword: $3) }
    }
}
