import Foundation
import Synchronization

/// The programs of an installed PostgreSQL.
public struct PostgresBinaries: Sendable, Equatable {
    /// The oldest major version that the desk's SQL runs on.
    public static let oldest = 15

    /// The folder that holds `postgres`, `initdb` and the others.
    public let folder: String
    /// The major version, for instance 15.
    public let major: Int

    /// Path of one of the programs.
    public func path(_ program: String) -> String { "\(folder)/\(program)" }

    /// Finds the programs: in `MERIDIAN_POSTGRES_BIN` if that is set, else on the `PATH`, else where distributions
    /// put them, newest first. With `major`, only that version will do.
    public static func find(
        major: Int? = nil, environment: [String: String] = ChildProgram.ownEnvironment
    ) async throws -> PostgresBinaries {
        if let folder = environment["MERIDIAN_POSTGRES_BIN"], !folder.isEmpty {
            guard let found = await inspect(folder) else {
                throw ClusterFault(
                    "MERIDIAN_POSTGRES_BIN is \"\(folder)\", where no PostgreSQL server can be run.",
                    advice: "name the folder that holds postgres and initdb, or unset it.")
            }
            return try found.checked(major: major)
        }
        var tooOld: PostgresBinaries?
        for folder in candidates(path: environment["PATH"] ?? "") {
            guard let found = await inspect(folder) else { continue }
            if (try? found.checked(major: major)) != nil { return found }
            tooOld = tooOld ?? found
        }
        if let tooOld { return try tooOld.checked(major: major) }
        throw ClusterFault("No PostgreSQL server is installed on this machine.", advice: howToInstall(major))
    }

    private static func howToInstall(_ major: Int?) -> String {
        "apt-get install postgresql\(major.map { "-\($0)" } ?? "") (version \(major ?? oldest)"
            + "\(major == nil ? " or newer" : "")), or set MERIDIAN_POSTGRES_BIN to the folder that holds its programs."
    }

    private func checked(major wanted: Int?) throws(ClusterFault) -> PostgresBinaries {
        if let wanted, wanted != major {
            throw ClusterFault(
                "The data was made by PostgreSQL \(wanted), but \(folder) holds PostgreSQL \(major).",
                advice: Self.howToInstall(wanted))
        }
        guard major >= Self.oldest else {
            throw ClusterFault(
                "\(folder) holds PostgreSQL \(major); the desk needs \(Self.oldest) or newer.",
                advice: Self.howToInstall(nil))
        }
        return self
    }

    private static func candidates(path: String) -> [String] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let packaged = versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
        return path.split(separator: ":").map(String.init) + packaged + ["/usr/local/pgsql/bin"]
    }

    /// Asks the server in this folder for its version; nil if there is none.
    private static func inspect(_ folder: String) async -> PostgresBinaries? {
        let programs = ["postgres", "initdb"].map { "\(folder)/\($0)" }
        guard programs.allSatisfy(FileManager.default.isExecutableFile) else { return nil }
        let line = Mutex("")
        let process = try? await ChildProcess.start(ChildProgram(programs[0], ["--version"])) { channel, text in
            if channel == .output { line.withLock { $0 = text } }
        }
        guard await process?.exit().isSuccess == true, let major = major(in: line.withLock { $0 }) else { return nil }
        // Some machines have links to a few of the programs on the path; the others stand beside the real one.
        let server = URL(fileURLWithPath: programs[0]).resolvingSymlinksInPath()
        return PostgresBinaries(folder: server.deletingLastPathComponent().path, major: major)
    }

    /// Reads "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
    static func major(in line: String) -> Int? {
        guard let word = line.split(separator: " ").first(where: { $0.first?.isNumber == true }) else { return nil }
        return Int(word.prefix { $0.isNumber })
    }
}
