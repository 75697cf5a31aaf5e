public import HTTP
public import Postgres
public import Runtime
public import Secrets
public import Sockets

/// The settings that every program of the desk has.
public struct DeskSettings: Sendable {
    public let database: DatabaseConfiguration
    public let keys: MasterKeys
    /// Where `/livez`, `/readyz` and `/metrics` are.
    public let metrics: ListenAddress
    /// Where people reach the desk with a browser.
    public let publicURL: WebAddress
    /// The same without a slash at the end, so that a path can follow.
    public let publicBase: String
}

extension SettingsReader {
    /// Reads the settings that every program of the desk has; nil if there is a fault.
    ///
    /// - Parameter metricsPort: where the program tells its figures unless a setting says otherwise.
    public mutating func desk(program: String, metricsPort: UInt16) -> DeskSettings? {
        let database = database(program: program)
        let keys = masterKeys()
        let metrics = read(
            "MERIDIAN_METRICS", default: .tcp(nil, port: metricsPort),
            "Where /livez, /readyz and /metrics are.", ListenAddress.kind, ListenAddress.init)
        let publicURL = read(
            "MERIDIAN_PUBLIC_URL", default: "http://localhost:8080",
            "Where people reach the desk with a browser.", "a URL such as https://desk.example.org"
        ) { text -> String? in
            guard WebAddress(text) != nil else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        guard let database, let keys, let address = WebAddress(publicURL) else { return nil }
        return DeskSettings(
            database: database, keys: keys, metrics: metrics, publicURL: address, publicBase: publicURL)
    }
}
