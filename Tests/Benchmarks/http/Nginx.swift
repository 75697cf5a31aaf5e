import BenchmarkSupport
import Foundation

/// Debian's nginx, serving one small file as an ordinary configuration would, with a worker for each processor.
struct Nginx {
    let port: UInt16
    private let process: Process
    private let folder: URL

    var address: String { "http://127.0.0.1:\(port)/hello.txt" }

    /// The workers; the master does no work.
    var processes: [Int32] { ProcessFigures.children(of: process.processIdentifier) }

    static func start() throws -> Nginx {
        let program = "/usr/sbin/nginx"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw BenchmarkFault("there is no \(program). Try: apt-get install nginx-light wrk")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "bench-http-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(MeasuredServer.content.utf8).write(to: folder.appending(path: "hello.txt"))
        let port = UInt16.random(in: 20_000..<30_000)
        try Data(configuration(folder, port).utf8).write(to: folder.appending(path: "nginx.conf"))
        // Its workers give up the rights of root, and must still find the file.
        chmod(folder.path, 0o755)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["-c", folder.appending(path: "nginx.conf").path, "-p", folder.path]
        process.standardError = FileHandle.nullDevice
        try process.run()
        let nginx = Nginx(port: port, process: process, folder: folder)
        try Wrk.awaitAnswer(of: nginx.address)
        return nginx
    }

    private static func configuration(_ folder: URL, _ port: UInt16) -> String {
        """
        daemon off;
        pid \(folder.path)/pid;
        error_log /dev/null;
        worker_processes auto;
        events { worker_connections 10000; }
        http {
            access_log off;
            sendfile on;
            tcp_nopush on;
            keepalive_requests 1000000000;
            types { text/plain txt; }
            client_body_temp_path \(folder.path)/body;
            proxy_temp_path \(folder.path)/proxy;
            fastcgi_temp_path \(folder.path)/fastcgi;
            uwsgi_temp_path \(folder.path)/uwsgi;
            scgi_temp_path \(folder.path)/scgi;
            server { listen 127.0.0.1:\(port); root \(folder.path); }
        }
        """
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
