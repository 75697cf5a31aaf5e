import Foundation
import Glibc
import LocalCluster

/// The folder of a desk on one machine, and what stands where in it.
struct UpFolder: Equatable, Sendable {
    let path: String

    /// The name of the database within the desk's own cluster.
    static let databaseName = "meridian"

    /// The named folder, or the one that is used when none is named.
    init(
        _ named: String?, environment: [String: String] = ChildProgram.ownEnvironment,
        isRoot: Bool = geteuid() == 0
    ) {
        let folder = named ?? Self.standard(environment: environment, isRoot: isRoot)
        path = URL(fileURLWithPath: folder).standardizedFileURL.path
    }

    private static func standard(environment: [String: String], isRoot: Bool) -> String {
        if isRoot { return "/var/lib/meridian" }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return "\(data)/meridian" }
        return "\(environment["HOME"] ?? "")/.local/share/meridian"
    }

    /// The master key, readable by its owner alone.
    var masterKey: String { "\(path)/master-key" }

    /// The password of the example's people.
    var examplePassword: String { "\(path)/example-password" }
    /// What the example supplier remembers.
    var supplierState: String { "\(path)/example-supplier.json" }
    /// Where the example's mail ends, as files.
    var caughtMail: String { "\(path)/mail" }

    /// The desk's own PostgreSQL.
    var cluster: ClusterSettings {
        ClusterSettings(
            dataDirectory: "\(path)/postgres", socketDirectory: SocketFolder.fitting("\(path)/socket"))
    }

    /// Whether its PostgreSQL has its socket open.
    var isServing: Bool {
        FileManager.default.fileExists(atPath: "\(cluster.socketDirectory)/.s.PGSQL.\(cluster.port)")
    }
}
