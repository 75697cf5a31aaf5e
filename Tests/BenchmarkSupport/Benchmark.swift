import Foundation
import Glibc
import JSON

/// A benchmark while it runs: collects figures, and tells them at the end.
public final class Benchmark {
    public let name: String
    public let options: BenchmarkOptions
    public private(set) var figures: [Figure] = []

    public init(_ name: String, options: BenchmarkOptions) {
        (self.name, self.options) = (name, options)
    }

    /// Reads the command line, measures, and ends the process: 0 where every goal is met, 1 where one is not, 64 for a
    /// command line that is not understood, 70 where the measuring itself failed.
    ///
    /// - Parameters:
    ///   - arguments: the words of the command line, the program's name apart.
    ///   - seconds: how long it measures unless told otherwise.
    public static func main(
        _ name: String, arguments: some Sequence<String> = CommandLine.arguments.dropFirst(), seconds: Double = 20,
        _ measure: (Benchmark) async throws -> Void
    ) async -> Never {
        let benchmark: Benchmark
        do throws(BenchmarkFault) {
            let options = try BenchmarkOptions(arguments, seconds: seconds)
            benchmark = Benchmark(name, options: options)
        } catch {
            say("bench-\(name): \(error)")
            exit(64)
        }
        #if DEBUG
            say("bench-\(name): this is a debug build; its figures say nothing. Run Deploy/bench \(name).")
        #endif
        do {
            try await measure(benchmark)
        } catch {
            say("bench-\(name): \(error)")
            exit(70)
        }
        print(benchmark.options.isJSON ? benchmark.json.text : benchmark.table)
        exit(benchmark.allMet ? 0 : 1)
    }

    /// Tells people who wait what is happening; nothing of it is among the results.
    public static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

    public func record(_ figure: Figure) { figures.append(figure) }

    var allMet: Bool { figures.allSatisfy { $0.met != false } }

    /// The object that scripts read.
    var json: JSON { .object(["bench": name, "figures": figures.map(\.json)]) }

    var table: String {
        let headings = ["figure", "value", "against", "other", "ratio", "goal", ""]
        let rows = [headings] + figures.map(\.cells)
        let widths = headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
                .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
        .joined(separator: "\n")
    }
}
