import Runtime

/// What a proxy says of a connection before anything else comes on it (the PROXY protocol, version 2).
///
/// Version 1 is text and could be mistaken for what comes behind it; nobody needs it any more.
public struct ProxyHeader: Hashable, Sendable {
    /// Why bytes are no such header.
    public enum Fault: Error, Hashable, Sendable {
        /// They begin otherwise.
        case noSignature
        case unknownVersion
        case unknownCommand
        /// An address family or a transport that no stream has.
        case unknownFamily
        /// Longer than anybody needs.
        case tooLong
        /// Too short for the addresses that it announces.
        case tooShort
    }

    /// The client's end; nil if the proxy speaks for itself, as for a check of health, or does not say.
    public let source: SocketAddress?
    /// The bytes of the header, its signature included.
    public let count: Int

    /// As far as one has to read to know how long it is.
    public static let start = 16
    /// Most bytes after the start.
    public static let most = 4_096

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    /// Reads a header at the beginning of `bytes`; nil if it is not complete yet.
    ///
    /// - Throws: ``Fault`` as soon as no further byte could make it one.
    public init?(_ bytes: [UInt8]) throws(Fault) {
        guard zip(bytes, Self.signature).allSatisfy({ $0 == $1 }) else { throw .noSignature }
        guard bytes.count >= Self.start else { return nil }
        guard bytes[12] >> 4 == 2 else { throw .unknownVersion }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        guard length <= Self.most else { throw .tooLong }
        guard bytes.count >= Self.start + length else { return nil }
        count = Self.start + length
        let content = bytes[Self.start..<Self.start + length]
        switch bytes[12] & 15 {
        case 0: source = nil
        case 1: source = try Self.source(family: bytes[13], content)
        default: throw .unknownCommand
        }
    }

    /// The first address of the block; what follows the block says more than we ask for.
    private static func source(family: UInt8, _ content: ArraySlice<UInt8>) throws(Fault) -> SocketAddress? {
        func block(_ count: Int) throws(Fault) -> ArraySlice<UInt8> {
            guard content.count >= count else { throw .tooShort }
            return content.prefix(count)
        }
        func number<Value: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Value {
            bytes.reduce(0) { $0 << 8 | Value($1) }
        }
        switch family {
        case 0x00: return nil
        case 0x11:
            let block = try block(12)
            return .ip(.v4(number(block.prefix(4))), port: number(block.dropFirst(8).prefix(2)))
        case 0x21:
            let block = try block(36)
            return .ip(.v6(number(block.prefix(16))), port: number(block.dropFirst(32).prefix(2)))
        case 0x31:
            let path = try block(216).prefix(108).prefix { $0 != 0 }
            return .unix(String(decoding: path, as: UTF8.self))
        default: throw .unknownFamily
        }
    }
}

extension ByteStream {
    /// Reads the header that a proxy sends first, and nothing of what follows it.
    ///
    /// - Throws: ``ProxyHeader/Fault``; ``StreamError/closed`` if the stream ends before; as ``read(into:atMost:)``.
    public func readProxyHeader() async throws -> ProxyHeader {
        var bytes: [UInt8] = []
        while true {
            if let header = try ProxyHeader(bytes) { return header }
            let wanted =
                bytes.count < ProxyHeader.start
                ? ProxyHeader.start : ProxyHeader.start + Int(bytes[14]) << 8 + Int(bytes[15])
            guard try await read(into: &bytes, atMost: wanted - bytes.count) > 0 else { throw StreamError.closed }
        }
    }
}
