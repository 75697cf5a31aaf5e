import DeskTestSupport
import Foundation

/// A machine as `Deploy/machine.sh` sees it: the programs on its path are ours, and tell what they were asked for.
struct BareMachine {
    /// Whom `id -u` names.
    var user = 0
    var hasSudo = true
    /// What the toolchain says of itself, and with which status.
    var toolchain = (said: "Swift version 6.3.1 (swift-6.3.1-RELEASE)", status: 0)
    /// What apt would install.
    var candidate = "17+278"
    /// `createcluster.conf` before; nil where there is none.
    var clusterSettings: String?
    /// Whether apt-get can install.
    var installs = true

    /// How it went, in the order in which it was said and done.
    struct Report {
        let status: Int32?
        /// Everything that was said, and every command of the system's that was run, as `+ apt-get install …`.
        let lines: [String]
        /// `createcluster.conf` while the package was installed, and after it.
        let settingsDuring: String?
        let settingsAfter: String?

        func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

        func place(of text: String) -> Int { lines.firstIndex { $0.contains(text) } ?? -1 }
    }

    func prepare() async throws -> Report {
        let folder = FileManager.default.temporaryDirectory.appending(path: "meridian-machine-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = folder.appending(path: "etc/postgresql-common/createcluster.conf")
        for part in ["bin", "programs", "homes", "etc/postgresql-common", "zones/Europe"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: part), withIntermediateDirectories: true)
        }
        try Data().write(to: folder.appending(path: "zones/Europe/Oslo"))
        if let clusterSettings { try Data(clusterSettings.utf8).write(to: settings) }
        for (name, script) in programs {
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: folder.appending(path: "programs/\(name)"))
        }
        for name in Self.tools {
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "bin/\(name)").path, withDestinationPath: try Self.found(name))
        }

        let script = """
            set -euo pipefail
            # Written here and not by the tests: a process that another of them forks meanwhile would keep them busy.
            for program in "$machine"/programs/*; do
                cat "$program" >"$machine/bin/${program##*/}"
                chmod 755 "$machine/bin/${program##*/}"
            done
            source Deploy/machine.sh
            etc=$machine/etc postgres_homes=$machine/homes zoneinfo=$machine/zones
            prepare_machine
            """
        let answer = try await BuiltProgram(
            at: "/bin/bash", ["-c", "cd \"$0\" && exec >>\"$machine/said\" 2>&1 && \(script)", TestDesk.root.path]
        )
        .run([], environment: ["PATH": folder.appending(path: "bin").path, "machine": folder.path])
        func text(_ file: URL) -> String? { try? String(contentsOf: file, encoding: .utf8) }
        return Report(
            status: answer.status,
            lines: (text(folder.appending(path: "said")) ?? "").split(separator: "\n").map(String.init),
            settingsDuring: text(folder.appending(path: "during")), settingsAfter: text(settings))
    }

    /// What stands in for the system's own programs.
    private var programs: [(String, String)] {
        var programs = [
            ("swift", "echo '\(toolchain.said)'; exit \(toolchain.status)"), ("id", "echo \(user)"),
            ("apt-cache", "echo '  Candidate: \(candidate)'"),
            (
                "apt-get",
                """
                echo "+ apt-get $*" >>"$machine/said"
                case "$*" in
                install*postgresql*)
                    cat "$machine/etc/postgresql-common/createcluster.conf" >"$machine/during"
                    \(installs ? "" : "echo 'E: no space left'; exit 100")
                    mkdir -p "$machine/homes/17/bin"
                    printf '#!/bin/sh\\necho postgres 17.1\\n' >"$machine/homes/17/bin/postgres"
                    chmod +x "$machine/homes/17/bin/postgres" ;;
                esac
                """
            ),
        ]
        if hasSudo { programs.append(("sudo", "echo \"+ sudo $*\" >>\"$machine/said\"; exec \"$@\"")) }
        return programs
    }

    /// What the script and the stand-ins are written with.
    private static let tools = [
        "basename", "cat", "chmod", "cp", "dirname", "env", "grep", "mkdir", "mktemp", "mv", "readlink", "rm", "sed",
        "sh",
        "tail",
    ]

    private static func found(_ tool: String) throws -> String {
        let places = ["/usr/bin", "/bin"].map { "\($0)/\(tool)" }
        guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return place
    }
}
