import BenchmarkSupport

/// The server under measurement, running in a process of its own.
struct Contestant {
    let port: UInt16
    private let process: MeasuredProcess

    var address: String { "http://127.0.0.1:\(port)/hello.txt" }
    var processes: [Int32] { [process.id] }

    /// - Parameter logging: whether it writes a line for each request, to nowhere.
    static func start(logging: Bool) async throws -> Contestant {
        // All who measure have one address.
        let process = try MeasuredProcess.start(
            ["--serve"] + (logging ? ["--log"] : []), environment: ["MERIDIAN_HTTP_LIMITS": "per_address=20000"])
        guard let port = UInt16(process.greeting) else { throw BenchmarkFault("the server did not start") }
        return Contestant(port: port, process: process)
    }

    func stop() { process.stop() }
}
