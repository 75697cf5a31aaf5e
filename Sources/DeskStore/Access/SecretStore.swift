import Moments
import Postgres
public import Secrets

/// Values of the secrets that the organisation document names; they are sealed before they reach the database.
public struct SecretStore: Sendable {
    let store: DeskStore
    let seal: Seal

    public init(_ store: DeskStore, keys: MasterKeys) {
        self.store = store
        seal = Seal(keys, purpose: "secret")
    }

    public func set(_ name: String, to value: [UInt8]) async throws {
        let sealed = seal.seal(value, for: name)
        let now = store.now
        try await store.database.run(
            """
            insert into secret (name, sealed, set_at) values (\(name), \(sealed), \(now))
            on conflict (name) do update set sealed = excluded.sealed, set_at = excluded.set_at
            """)
    }

    /// The value of a secret, or nil if nobody has set it.
    public func value(of name: String) async throws -> [UInt8]? {
        guard
            let sealed = try await store.database.first(
                "select sealed from secret where name = \(name)", as: [UInt8].self)
        else { return nil }
        return try seal.open(sealed, for: name)
    }

    public func names() async throws -> [String] {
        try await store.database.all("select name from secret order by name", as: String.self)
    }
}
