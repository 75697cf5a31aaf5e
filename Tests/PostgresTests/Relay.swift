import Foundation
import Glibc
import Synchronization

/// Stands between a program and the socket of a server, and can stop to hand anything on while everybody's connection
/// stays open: what a machine looks like that has lost its power, or a firewall that has forgotten a connection.
final class Relay: Sendable {
    /// The folder of its socket, for libpq's `host`.
    let folder: String
    private let listener: Int32
    private let server: String
    private let links = Mutex<[Link]>([])

    /// One connection through it.
    private final class Link: Sendable {
        let ends: [Int32]
        let isSilent = Atomic(false)

        init(_ ends: [Int32]) { self.ends = ends }

        /// Hands on what one end says to the other, until it ends.
        func pass(from: Int32, to: Int32) {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(from, &bytes, bytes.count)
                guard count > 0 else { break }
                if !isSilent.load(ordering: .acquiring) { _ = send(to, bytes, count, Int32(MSG_NOSIGNAL)) }
            }
            if !isSilent.load(ordering: .acquiring) { shutdown(to, Int32(SHUT_WR)) }
        }
    }

    /// - Parameters:
    ///   - server: the folder of the server's socket.
    ///   - port: names both sockets.
    init(to server: String, port: String) throws {
        folder = "/tmp/meridian-relay-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.server = "\(server)/.s.PGSQL.\(port)"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.with("\(folder)/.s.PGSQL.\(port)", { bind(listener, $0, $1) | listen(listener, 8) }) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
        Thread.detachNewThread { [self] in accept() }
    }

    /// From here on nothing is handed on over the connections that there are; those that come are served.
    func fallSilent() {
        links.withLock { links in
            for link in links { link.isSilent.store(true, ordering: .releasing) }
        }
    }

    /// How many connections there have been.
    var count: Int { links.withLock(\.count) }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        links.withLock { links in
            for end in links.flatMap(\.ends) { shutdown(end, Int32(SHUT_RDWR)) }
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func accept() {
        while case let caller = Glibc.accept(listener, nil, nil), caller >= 0 {
            let other = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.with(server, { connect(other, $0, $1) }) == 0 else {
                shutdown(caller, Int32(SHUT_RDWR))
                continue
            }
            let link = Link([caller, other])
            links.withLock { $0.append(link) }
            Thread.detachNewThread { link.pass(from: caller, to: other) }
            Thread.detachNewThread { link.pass(from: other, to: caller) }
        }
    }

    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
