import Foundation
import LocalCluster
import Synchronization

/// A program of this build, run to its end as a shell would run it.
public struct BuiltProgram: Sendable {
    let executable: String
    let arguments: [String]

    /// What a program left behind.
    public struct Answer: Sendable {
        /// Its exit status; nil if a signal ended it.
        public let status: Int32?
        /// The lines of its standard output.
        public let output: [String]
        /// The lines of its standard error.
        public let errors: [String]

        public var text: String { output.joined(separator: "\n") }
        public var errorText: String { errors.joined(separator: "\n") }
    }

    /// A program of the package by its name; the build puts it beside the tests.
    public init(_ name: String) throws { self.init(at: try Self.path(of: name)) }

    /// Any program.
    ///
    /// - Parameter arguments: the words that come before those of ``run(_:environment:input:)``.
    public init(at executable: String, _ arguments: [String] = []) {
        (self.executable, self.arguments) = (executable, arguments)
    }

    /// Where the build has put a program.
    public static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name).path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
        return path
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - environment: the whole of it, but for `PATH`, which is ours unless given.
    ///   - input: what stands on its standard input; nothing if nil.
    public func run(
        _ words: [String], environment: [String: String] = [:], input: [UInt8]? = nil
    ) async throws -> Answer {
        let path = ["PATH": ChildProgram.ownEnvironment["PATH"] ?? "/usr/bin:/bin"]
        var program = ChildProgram(
            executable, arguments + words, environment: path.merging(environment) { _, given in given })
        let file = FileManager.default.temporaryDirectory.appending(path: "meridian-input-\(UUID().uuidString)")
        try Data(input ?? []).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // A child's standard input is the shell's matter.
        program.arguments =
            ["-c", "input=$1; shift; exec \"$@\" <\"$input\"", "sh", file.path, executable]
            + program.arguments
        program.executable = "/bin/sh"
        let lines = Mutex<(output: [String], errors: [String])>(([], []))
        let process = try await ChildProcess.start(
            program,
            onLine: { channel, line in
                lines.withLock { channel == .output ? $0.output.append(line) : $0.errors.append(line) }
            })
        let end = await process.exit()
        let status: Int32? = if case .code(let code) = end { code } else { nil }
        return lines.withLock { Answer(status: status, output: $0.output, errors: $0.errors) }
    }
}

/// A program is missing that the build makes.
struct NotBuilt: Error, CustomStringConvertible {
    let path: String

    var description: String { "The program \(path) is missing. Build everything first: swift build --build-tests" }
}
