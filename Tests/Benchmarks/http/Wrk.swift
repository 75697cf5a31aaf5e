import BenchmarkSupport
import Foundation

/// What one run of `wrk` found, and what the server used of the processors meanwhile.
struct WrkResult {
    let perSecond: Double
    /// Milliseconds.
    let percentile99: Double
    /// Processor time of the server for a request.
    let microseconds: Double
}

/// Debian's load generator.
enum Wrk {
    private static let program = "/usr/bin/wrk"

    static func run(
        _ address: String, _ connections: Int, seconds: Double, of processes: [Int32]
    ) throws -> WrkResult {
        // The first moments, in which connections are made, count neither in its figures nor in ours.
        _ = try output(["-t1", "-c\(connections)", "-d1s", address])
        let before = try ProcessFigures.processorSeconds(of: processes)
        let text = try output(["-t1", "-c\(connections)", "-d\(Int(seconds.rounded(.up)))s", "--latency", address])
        let used = try ProcessFigures.processorSeconds(of: processes) - before
        guard let requests = text.firstMatch(of: /(\d+) requests in/).flatMap({ Double($0.1) }),
            let rate = text.firstMatch(of: /Requests\/sec: *([\d.]+)/).flatMap({ Double($0.1) }),
            let late = text.firstMatch(of: /99% +([\d.]+)(us|ms|s)/), let number = Double(late.1),
            !text.contains("Non-2xx")
        else { throw BenchmarkFault("wrk says what cannot be read: \(text)") }
        let scale = late.2 == "us" ? 0.001 : late.2 == "ms" ? 1 : 1_000
        return WrkResult(
            perSecond: rate, percentile99: number * scale, microseconds: used / requests * 1_000_000)
    }

    /// Returns as soon as a server answers at all.
    static func awaitAnswer(of address: String) throws {
        for _ in 0..<50 where !(try output(["-t1", "-c1", "-d1s", address]).contains("requests in")) {}
    }

    private static func output(_ arguments: [String]) throws -> String {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw BenchmarkFault("there is no \(program). Try: apt-get install nginx-light wrk")
        }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
