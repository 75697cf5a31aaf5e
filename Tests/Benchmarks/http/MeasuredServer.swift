import Foundation
import HTTP
import Runtime
import Sockets

/// The server that is measured: the product's, with endpoints that do as good as nothing.
enum MeasuredServer {
    /// Serves until its standard input ends, and prints its port.
    static func run() async {
        FileLimit.raise()
        let isLogging = CommandLine.arguments.contains("--log")
        let loops = EventLoopGroup()
        do {
            var settings = SettingsReader()
            let limits = settings.serverLimits()
            let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
            let server = HTTPServer(
                listener, router: Router(Door(endpoints: endpoints)), loops: loops, limits: limits,
                log: Log(service: "bench-http", level: .info), logsAccess: isLogging)
            print(server.address.port ?? 0)
            fflush(nil)
            let stop = StopSignal()
            let input = Thread {
                while readLine() != nil {}
                stop.raise()
            }
            input.start()
            try await server.run(until: stop)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }

    static let content = "hello, world\n"

    private static let endpoints: [Endpoint<Void>] = [
        Endpoint(.get, "/hello.txt") { _, _ in Response(text: content) },
        Endpoint(.get, "/bytes/:count") { (_, _, count: Int) in
            Response(
                body: .stream(length: count) { writer in
                    let piece = [UInt8](repeating: 0x61, count: 65_536)
                    var rest = count
                    while rest > 0 {
                        try await writer.write(rest < piece.count ? Array(piece.prefix(rest)) : piece)
                        rest -= piece.count
                    }
                })
        },
        Endpoint(.post, "/bytes", body: .streamed(limit: 2 << 30)) { request, _ in
            var count = 0
            for try await piece in request.body { count += piece.count }
            return Response(text: "\(count)")
        },
    ]
}
