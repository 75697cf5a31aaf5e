import Foundation
import Glibc
import Synchronization

extension LocalCluster {
    /// Runs `initdb` in a folder beside, which takes the place of the empty one when it is complete: a killed run
    /// leaves no half cluster that looks like a whole one.
    static func make(_ settings: ClusterSettings, user: SystemUser?, with binaries: PostgresBinaries) async throws {
        let dataDirectory = settings.dataDirectory
        let content = try FileManager.default.contentsOfDirectory(atPath: dataDirectory)
        guard content.isEmpty else {
            throw ClusterFault(
                "\(dataDirectory) holds files, but no PostgreSQL data.", advice: "name an empty or a new folder.")
        }
        let draft = "\(dataDirectory).new"
        try? FileManager.default.removeItem(atPath: draft)
        try PrivateFolder(path: draft, owner: user).make()
        let words = Mutex<[String]>([])
        let program = ChildProgram(
            binaries.path("initdb"),
            [
                "--pgdata", draft, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
                "--locale", "C.UTF-8", "--data-checksums", "--no-instructions",
            ] + (settings.isDurable ? [] : ["--no-sync"]),
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"], directory: "/", user: user)
        let status = try await ChildProcess.start(program) { channel, line in
            if channel == .error { words.withLock { $0.append(line) } }
        }.exit()
        guard status.isSuccess else {
            try? FileManager.default.removeItem(atPath: draft)
            throw ClusterFault(
                "initdb ended with \(status). It said:\n  \(words.withLock { $0.joined(separator: "\n  ") })")
        }
        guard rename(draft, dataDirectory) == 0 else {
            throw ClusterFault("The new data cannot be moved to \(dataDirectory): \(systemMessage(errno)).")
        }
    }
}
