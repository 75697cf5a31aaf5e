import BenchmarkSupport
import Runtime
import Sockets

/// Connections that have asked once and then keep silent.
struct Callers: Sendable {
    private let loops: EventLoopGroup
    private let streams: [ByteStream]

    static func open(_ count: Int, to port: UInt16) async throws -> Callers {
        let loops = EventLoopGroup(count: 1)
        let streams = try await loops.next().run {
            var streams: [ByteStream] = []
            for _ in 0..<count {
                let stream = try await ByteStream.connect(
                    to: .ip(.v4(0x7F00_0001), port: port), within: .seconds(10))
                try await stream.write("GET /hello.txt HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n\r\n")
                var answer: [UInt8] = []
                while !answer.contains(0x21), answer.last != 0x0A || answer.count < 40 {
                    guard try await stream.read(into: &answer) > 0 else {
                        throw BenchmarkFault("the server closed a connection")
                    }
                }
                streams.append(stream)
            }
            return streams
        }
        return Callers(loops: loops, streams: streams)
    }

    func close() {
        for stream in streams { stream.loop.execute { stream.close() } }
    }
}
