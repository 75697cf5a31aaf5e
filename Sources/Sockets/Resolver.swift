import CSystem
import Glibc
public import Runtime

/// Finds the addresses of names, off the event loop.
public struct Resolver: Sendable {
    private let offload: Offload

    public init(offload: Offload) { self.offload = offload }

    /// The addresses of `host`, which is a name or an address (without brackets), in the order in which the system
    /// would try them.
    ///
    /// - Throws: ``ResolutionError``, or `CancellationError`.
    public func addresses(of host: String, port: UInt16) async throws -> [SocketAddress] {
        if let address = IPAddress(host) { return [.ip(address, port: port)] }
        return try await offload.run { try Self.lookUp(host, port) }
    }

    private static func lookUp(_ host: String, _ port: UInt16) throws(ResolutionError) -> [SocketAddress] {
        guard !host.isEmpty, !host.utf8.contains(0) else { throw ResolutionError(host: host, code: EAI_NONAME) }
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        guard code == 0 else { throw ResolutionError(host: host, code: code) }
        defer { freeaddrinfo(first) }
        var addresses: [SocketAddress] = []
        var next = first
        while let entry = next {
            next = entry.pointee.ai_next
            guard let found = entry.pointee.ai_addr else { continue }
            var storage = sockaddr_storage()
            let length = min(Int(entry.pointee.ai_addrlen), MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutableBytes(of: &storage) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: found, count: length))
            }
            guard let host = SocketAddress(storage, length: socklen_t(length))?.host else { continue }
            let address = SocketAddress.ip(host, port: port)
            if !addresses.contains(address) { addresses.append(address) }
        }
        guard !addresses.isEmpty else { throw ResolutionError(host: host, code: EAI_NONAME) }
        return addresses
    }
}

/// A name that has no address, or whose address cannot be found now.
public struct ResolutionError: Error, Hashable, CustomStringConvertible {
    /// The name.
    public let host: String
    private let code: CInt

    init(host: String, code: CInt) {
        self.host = host
        self.code = code
    }

    /// Whether the same question may be answered later: the name servers could not be asked.
    public var isTransient: Bool { code == EAI_AGAIN || code == EAI_SYSTEM || code == EAI_MEMORY }

    public var description: String { "\(host): \(String(cString: gai_strerror(code)))" }
}
