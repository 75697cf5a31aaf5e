import Foundation
public import Runtime

/// An ordeal as a program: its options, a server of its own, and an exit status by what came of it.
public enum OrdealProgram {
    /// Runs it and ends the process: 0 if all is as it should be, 1 if not, 64 for options that are not understood, 70
    /// where it could not be played to its end.
    ///
    /// - Parameters:
    ///   - seconds: how long it lasts unless it is told otherwise.
    ///   - settings: of the server.
    ///   - play: answers whether all is as it should be.
    public static func run(
        _ name: String, seconds: Int, settings: [String: String] = [:], say: @escaping @Sendable (String) -> Void,
        play: @escaping @Sendable (OrdealOptions, BenchmarkCluster, EventLoopGroup) async throws -> Bool
    ) async -> Never {
        guard let options = OrdealOptions(CommandLine.arguments.dropFirst(), seconds: seconds) else {
            say("chaos-\(name): \(OrdealOptions.usage(seconds: seconds))")
            exit(64)
        }
        say("seed \(options.seed)")
        do {
            let loops = EventLoopGroup(count: 1)
            let isClean = try await loops.next().run {
                try await BenchmarkCluster.lend(settings: settings) { try await play(options, $0, loops) }
            }
            exit(isClean ? 0 : 1)
        } catch {
            say("chaos-\(name): seed \(options.seed): \(error)")
            exit(70)
        }
    }
}
