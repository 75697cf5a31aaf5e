public import Foundation
public import Postgres
import Secrets

/// Bytes kept once by their SHA-256, in pieces, so that a reader needs no more memory than one piece.
///
/// The one type that stores and reads them, so that an object store can take its place.
public enum Blob {
    /// Bytes of a piece: small enough to stay in memory, large enough that a round trip per piece is worth it.
    static let pieceSize = 256 * 1024

    /// Stores the bytes unless they are there, and returns their digest.
    public static func store(_ bytes: [UInt8], on transaction: borrowing Transaction) async throws -> [UInt8] {
        try await store(bytes, digest: Digest(sha256: bytes).bytes, on: transaction)
    }

    static func store(
        _ bytes: [UInt8], digest: [UInt8], on transaction: borrowing Transaction
    ) async throws -> [UInt8] {
        if bytes.count <= pieceSize {
            // One piece belongs to its digest whoever brought it first, so nobody needs to know who did.
            transaction.later(
                "insert into blob (sha256, size) values (\(digest), \(Int64(bytes.count))) on conflict do nothing")
            if bytes.isEmpty { return digest }
            transaction.later(
                """
                insert into blob_chunk (sha256, part, bytes) values (\(digest), 0, \(bytes)) on conflict do nothing
                """)
            return digest
        }
        let added = try await transaction.run(
            "insert into blob (sha256, size) values (\(digest), \(Int64(bytes.count))) on conflict do nothing")
        if added == 1 { try await write(bytes, under: digest, on: transaction) }
        return digest
    }

    /// Writes bytes in pieces under a key that has none yet.
    static func write(_ bytes: [UInt8], under key: [UInt8], on transaction: borrowing Transaction) async throws {
        for (part, start) in stride(from: 0, to: bytes.count, by: pieceSize).enumerated() {
            let piece = Array(bytes[start..<min(start + pieceSize, bytes.count)])
            try await transaction.run(
                "insert into blob_chunk (sha256, part, bytes) values (\(key), \(Int32(part)), \(piece))")
        }
    }

    /// One piece of a blob, or nil behind the last.
    public static func piece(_ part: Int32, of digest: [UInt8], on transaction: borrowing Transaction) async throws
        -> [UInt8]?
    {
        try await transaction.first(
            "select bytes from blob_chunk where sha256 = \(digest) and part = \(part)", as: [UInt8].self)
    }
}

extension DeskStore {
    /// All bytes of a file, for whoever carries it elsewhere whole.
    ///
    /// - Throws: ``NoSuchFile`` where they are not there to the last.
    public func bytes(of file: UUID, sha256: [UInt8], size: Int64) async throws -> [UInt8] {
        let bytes = try await transaction { (transaction: borrowing Transaction) in
            try await transaction.blob(sha256)
        }
        guard bytes.count == size else { throw NoSuchFile(id: file) }
        return bytes
    }
}
