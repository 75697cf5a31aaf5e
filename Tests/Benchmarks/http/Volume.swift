import BenchmarkSupport
import Runtime
import Sockets

/// A gibibyte through the server, and the most memory that it had meanwhile.
enum Volume {
    enum Direction: String, CaseIterable {
        case up, down
    }

    private static let size = 1 << 30

    static func pass(_ direction: Direction, to server: Contestant) async throws -> (seconds: Double, peak: Double) {
        let loops = EventLoopGroup(count: 1)
        let (port, processes) = (server.port, server.processes)
        let start = ContinuousClock.now
        let peak = try await loops.next().run {
            let stream = try await ByteStream.connect(to: .ip(.v4(0x7F00_0001), port: port), within: .seconds(10))
            defer { stream.close() }
            return switch direction {
            case .up: try await send(on: stream, processes)
            case .down: try await receive(on: stream, processes)
            }
        }
        return (start.duration(to: .now) / .seconds(1), peak)
    }

    private static func send(on stream: ByteStream, _ processes: [Int32]) async throws -> Double {
        try await stream.write("POST /bytes HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(size)\r\n\r\n")
        let piece = [UInt8](repeating: 0x62, count: 1 << 20)
        var peak = 0.0
        for _ in 0..<(size / piece.count) {
            try await stream.write(piece)
            peak = max(peak, try ProcessFigures.memory(of: processes))
        }
        let answer = String(decoding: try await stream.read(), as: UTF8.self)
        guard answer.hasSuffix("\(size)") else { throw BenchmarkFault("the server counted otherwise: \(answer)") }
        return peak
    }

    private static func receive(on stream: ByteStream, _ processes: [Int32]) async throws -> Double {
        try await stream.write("GET /bytes/\(size) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        var (count, sinceLook, peak) = (0, 0, 0.0)
        var bytes: [UInt8] = []
        while count < size {
            bytes.removeAll(keepingCapacity: true)
            let more = try await stream.read(into: &bytes)
            guard more > 0 else { throw BenchmarkFault("the server closed after \(count) bytes") }
            count += more
            sinceLook += more
            guard sinceLook > 1 << 20 else { continue }
            sinceLook = 0
            peak = max(peak, try ProcessFigures.memory(of: processes))
        }
        return peak
    }
}
