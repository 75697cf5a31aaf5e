import Foundation
import Glibc
import LocalCluster
import Runtime

extension UpPlan {
    /// Reads the options of `deskctl up`.
    init(
        _ invocation: Invocation, environment: [String: String] = ChildProgram.ownEnvironment,
        programs: String? = UpPlan.ownFolder, isRoot: Bool = geteuid() == 0
    ) throws {
        folder = UpFolder(invocation.value("--data"), environment: environment, isRoot: isRoot)
        isExample = invocation.has("--example")
        let first: UInt16? = try invocation.number("--ports-from", in: 1024...UpPorts.lastFirst)
        ports = first.map(UpPorts.init(from:)) ?? UpPorts()
        database = try GivenDatabase(environment)
        guard let programs else {
            throw CommandFault("the folder of the programs cannot be found.", status: .system)
        }
        self.programs = programs
        // People watch a desk on one machine; a setting says otherwise.
        self.environment = environment.merging(["MERIDIAN_LOG": "text"]) { given, _ in given.isEmpty ? "text" : given }
    }

    /// The folder that this program stands in.
    static var ownFolder: String? {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        return URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// Throws if a program is missing.
    func checkPrograms() throws(CommandFault) {
        let missing = children { _ in [:] }.filter { !FileManager.default.isExecutableFile(atPath: $0.executable) }
        guard let first = missing.first else { return }
        throw CommandFault(
            "the program \(first.name) is not in \(programs).",
            advice: "swift build, which makes all programs of the desk side by side.", status: .unavailable)
    }
}
