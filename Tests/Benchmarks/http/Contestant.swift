import BenchmarkSupport
import Foundation

/// The server under measurement, running in a process of its own.
struct Contestant {
    let port: UInt16
    private let process: Process
    private let input: Pipe

    var address: String { "http://127.0.0.1:\(port)/hello.txt" }
    var processes: [Int32] { [process.processIdentifier] }

    /// - Parameter logging: whether it writes a line for each request, to nowhere.
    static func start(logging: Bool) async throws -> Contestant {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["--serve"] + (logging ? ["--log"] : [])
        // All who measure have one address.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["MERIDIAN_HTTP_LIMITS": "per_address=20000"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 0x0A, let byte = try output.fileHandleForReading.read(upToCount: 1) { line += byte }
        guard let port = UInt16(String(decoding: line.dropLast(), as: UTF8.self)) else {
            throw BenchmarkFault("the server did not start")
        }
        // Its log goes on into the pipe; somebody has to take it.
        let drain = Thread {
            while let data = try? output.fileHandleForReading.read(upToCount: 1 << 20), !data.isEmpty {}
        }
        drain.start()
        return Contestant(port: port, process: process, input: input)
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }
}
