import Foundation
import LocalCluster
import Postgres
import Secrets

/// What the programs of a desk under test are told, by their environment alone.
struct ProgramSettings {
    let ports: DeskPorts
    let folder: String
    let connection: ConnectionString
    /// The webhook secrets by name.
    let secrets: [String: String]
    /// In the form of `MERIDIAN_SECRET`.
    let masterKey: String
    /// Whether a worker's jobs are others' to take after a few seconds without a sign of life.
    var hasShortLease = false

    /// How long the supplier thinks before it asks, and before it resolves, in milliseconds.
    private static let supplierWork = 30

    func environment(of name: ProgramName) -> [String: String] {
        var settings = own(of: name)
        settings["PATH"] = ChildProgram.ownEnvironment["PATH"]
        settings["MERIDIAN_LOG"] = "text:info"
        settings["MERIDIAN_LOOPS"] = "1"
        guard let role = name.role else { return settings }
        settings["MERIDIAN_DATABASE"] = connection.with("user", role).text
        settings["MERIDIAN_POOL"] = "4"
        settings["MERIDIAN_SECRET"] = masterKey
        if hasShortLease { settings["MERIDIAN_LEASE"] = "2" }
        settings["MERIDIAN_PUBLIC_URL"] = "http://127.0.0.1:\(ports.gateway)"
        settings["MERIDIAN_METRICS"] = ports.health[name].map { "127.0.0.1:\($0)" }
        return settings
    }

    private func own(of name: ProgramName) -> [String: String] {
        switch name {
        case .catcher:
            ["MAIL_CATCHER_LISTEN": "127.0.0.1:\(ports.catcher)", "MAIL_CATCHER_DIRECTORY": "\(folder)/mail"]
        case .supplier:
            [
                "EXAMPLE_SUPPLIER_LISTEN": "127.0.0.1:\(ports.supplier)",
                "EXAMPLE_SUPPLIER_DESK": "http://127.0.0.1:\(ports.gateway)",
                "EXAMPLE_SUPPLIER_STATE": "\(folder)/supplier.json",
                "EXAMPLE_SUPPLIER_WORK": "\(Self.supplierWork)",
            ].merging(supplierSecrets) { own, _ in own }
        case .intakeGateway:
            ["MERIDIAN_HTTP": "127.0.0.1:\(ports.gateway)", "MERIDIAN_LMTP": "127.0.0.1:\(ports.lmtp)"]
        case .routingWorker: ["MERIDIAN_SMTP": "smtp://127.0.0.1:\(ports.catcher)"]
        case .supplierWorker: ["MERIDIAN_OUTBOUND_ALLOW": "127.0.0.1/32"]
        case .reportingService: ["MERIDIAN_HTTP": "127.0.0.1:\(ports.reporting)"]
        }
    }

    /// `fjordnett-outgoing` is `EXAMPLE_SUPPLIER_FJORDNETT_OUTGOING` for the supplier.
    private var supplierSecrets: [String: String] {
        Dictionary(
            uniqueKeysWithValues: secrets.map { name, value in
                ("EXAMPLE_SUPPLIER_\(name.uppercased().replacing("-", with: "_"))", value)
            })
    }
}
