import Foundation

/// This very program once more, as the server that is measured, so that its processor time and memory are told apart
/// from those of who measures. It ends when we do, because its standard input does.
public struct MeasuredProcess {
    /// What it said in its first line.
    public let greeting: String
    private let process: Process
    private let input: Pipe

    public var id: Int32 { process.processIdentifier }

    /// Starts it and waits for its first line.
    ///
    /// - Parameter environment: what it is told beside what we were told.
    public static func start(_ arguments: [String], environment: [String: String] = [:]) throws -> MeasuredProcess {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 0x0A, let byte = try output.fileHandleForReading.read(upToCount: 1) { line += byte }
        // What it says further goes on into the pipe; somebody has to take it.
        let drain = Thread {
            while let data = try? output.fileHandleForReading.read(upToCount: 1 << 20), !data.isEmpty {}
        }
        drain.start()
        return MeasuredProcess(
            greeting: String(decoding: line.dropLast(), as: UTF8.self), process: process, input: input)
    }

    public func stop() {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }
}
