/// What `deskctl up` is going to do: a value, decided before anything is touched.
struct UpPlan: Equatable, Sendable {
    /// Where everything stands that is to last.
    let folder: UpFolder
    let isExample: Bool
    let ports: UpPorts
    /// The database that the environment names; nil: one of our own in the folder.
    let database: GivenDatabase?
    /// Where the programs are.
    let programs: String
    /// What the programs inherit.
    let environment: [String: String]

    /// Where people find the desk.
    var portal: String { environment["MERIDIAN_PUBLIC_URL"] ?? "http://localhost:\(ports.gateway)" }

    /// The programs of the desk with the database roles that are theirs, in the order in which they are started.
    static let desk: [(name: String, role: String)] = [
        ("reporting-service", "meridian_reporting"), ("supplier-worker", "meridian_supplier"),
        ("routing-worker", "meridian_routing"), ("intake-gateway", "meridian_intake"),
    ]

    /// The programs and their settings, in the order in which they are started; they are stopped from the last on.
    ///
    /// - Parameters:
    ///   - database: how a role reaches the database; nothing where the program does it as the environment says.
    ///   - webhookSecrets: what the example supplier shares with the desk, by name.
    func children(
        database: (_ role: String) -> [String: String], webhookSecrets: [String: String] = [:]
    ) -> [UpChild] {
        var children: [UpChild] = []
        if isExample {
            children.append(
                child(
                    "mail-catcher",
                    [
                        "MAIL_CATCHER_LISTEN": "127.0.0.1:\(ports.catcher)",
                        "MAIL_CATCHER_DIRECTORY": folder.caughtMail,
                    ]))
            children.append(child("example-supplier", supplierSettings(webhookSecrets)))
        }
        let own = ["reporting-service": ["MERIDIAN_HTTP": "\(ports.reporting)"], "intake-gateway": gatewaySettings]
        for program in Self.desk {
            var settings = own[program.name] ?? [:]
            settings.merge(database(program.role)) { own, _ in own }
            let metrics = metricsPort(of: program.name)
            settings["MERIDIAN_METRICS"] = "127.0.0.1:\(metrics)"
            children.append(child(program.name, settings.merging(shared) { own, _ in own }, metrics: metrics))
        }
        return children
    }

    /// Without a proxy that joins the programs under one address, the pages must know where the reports listen.
    private var gatewaySettings: [String: String] {
        var settings = ["MERIDIAN_HTTP": "\(ports.gateway)", "MERIDIAN_LMTP": "127.0.0.1:\(ports.lmtp)"]
        if environment["MERIDIAN_PUBLIC_URL"] == nil {
            settings["MERIDIAN_REPORTS_URL"] = "http://localhost:\(ports.reporting)/reports"
        }
        return settings
    }

    private func supplierSettings(_ webhookSecrets: [String: String]) -> [String: String] {
        var settings = [
            "EXAMPLE_SUPPLIER_LISTEN": "127.0.0.1:\(ports.supplier)",
            "EXAMPLE_SUPPLIER_DESK": "http://127.0.0.1:\(ports.gateway)",
            "EXAMPLE_SUPPLIER_STATE": folder.supplierState,
        ]
        for (name, secret) in webhookSecrets {
            settings["EXAMPLE_SUPPLIER_\(name.uppercased().replacing("-", with: "_"))"] = secret
        }
        return settings
    }

    private func metricsPort(of program: String) -> UInt16 {
        let order = ["intake-gateway", "routing-worker", "supplier-worker", "reporting-service"]
        return ports.metrics[order.firstIndex(of: program) ?? 0]
    }

    /// What all four programs are told, unless the environment says otherwise.
    private var shared: [String: String] {
        var settings = ["MERIDIAN_PUBLIC_URL": portal].merging(secretSettings) { own, _ in own }
        if isExample {
            settings["MERIDIAN_SMTP"] = "smtp://127.0.0.1:\(ports.catcher)"
            settings["MERIDIAN_OUTBOUND_ALLOW"] = "127.0.0.1/32"
        }
        return settings.filter { environment[$0.key] == nil }
    }

    /// Where the master keys are: where the environment says, or in the folder.
    var secretSettings: [String: String] {
        let given = environment.filter { ["MERIDIAN_SECRET", "MERIDIAN_SECRET_FILE"].contains($0.key) }
        return given.isEmpty ? ["MERIDIAN_SECRET_FILE": folder.masterKey] : given
    }

    private func child(_ name: String, _ settings: [String: String], metrics: UInt16? = nil) -> UpChild {
        UpChild(
            name: name, executable: "\(programs)/\(name)",
            environment: environment.merging(settings) { _, own in own }, metricsPort: metrics)
    }
}

/// A program of a desk on one machine.
struct UpChild: Equatable, Sendable {
    let name: String
    let executable: String
    let environment: [String: String]
    /// Where it tells whether it is ready; nil for one that does not.
    let metricsPort: UInt16?
}
