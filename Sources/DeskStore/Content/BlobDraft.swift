import Moments
import Postgres
import Secrets

/// Bytes that have arrived whole and are kept, if there are many of them already in the database, until the change that
/// they come with takes them.
public struct KeptBytes: Sendable {
    enum Place: Sendable {
        case memory([UInt8])
        /// Under a key that stands for no bytes.
        case draft(key: [UInt8])
    }

    let place: Place
    /// The SHA-256 of all of them.
    public let digest: [UInt8]
    public let size: Int64

    /// Bytes that are all in memory.
    public init(_ bytes: [UInt8]) {
        self.init(place: .memory(bytes), digest: Digest(sha256: bytes).bytes, size: Int64(bytes.count))
    }

    init(place: Place, digest: [UInt8], size: Int64) {
        (self.place, self.digest, self.size) = (place, digest, size)
    }
}

/// Takes bytes of any number as they arrive and needs the memory of one piece for them.
///
/// Each full piece is written in a transaction of its own: whoever sends slowly holds no connection to the database,
/// and nobody is read from faster than the database writes. What never comes to its end stays a draft, which is swept.
public struct BlobDraft: ~Copyable {
    private let store: DeskStore
    private var digest = DigestStream()
    private var piece: [UInt8] = []
    private var parts: Int32 = 0
    private var key: [UInt8] = []
    public private(set) var size: Int64 = 0

    public init(in store: DeskStore) { self.store = store }

    public mutating func append(_ bytes: [UInt8]) async throws {
        digest.update(bytes)
        size += Int64(bytes.count)
        var rest = bytes[...]
        while piece.count + rest.count > Blob.pieceSize {
            let taken = Blob.pieceSize - piece.count
            piece += rest.prefix(taken)
            rest = rest.dropFirst(taken)
            try await write()
        }
        piece += rest
    }

    /// To be called when all have arrived. Bytes that fit one piece have touched no table so far.
    public consuming func finish() async throws -> KeptBytes {
        if parts == 0 {
            return KeptBytes(place: .memory(piece), digest: digest.finish().bytes, size: size)
        }
        try await write()
        return KeptBytes(place: .draft(key: key), digest: digest.finish().bytes, size: size)
    }

    private mutating func write() async throws {
        guard !piece.isEmpty else { return }
        let (part, bytes, begins) = (parts, piece, key.isEmpty)
        if begins { key = RandomBytes.make(32) }
        let (key, now) = (key, store.now)
        try await store.transaction { (transaction: borrowing Transaction) in
            if begins { try await Blob.begin(key, at: now, on: transaction) }
            try await transaction.run(
                "insert into blob_chunk (sha256, part, bytes) values (\(key), \(part), \(bytes))")
        }
        parts += 1
        piece.removeAll(keepingCapacity: true)
    }
}

extension Blob {
    /// Gives kept bytes their place, unless the same bytes have one, and returns their digest.
    static func store(_ kept: KeptBytes, on transaction: borrowing Transaction) async throws -> [UInt8] {
        switch kept.place {
        case .memory(let bytes): return try await store(bytes, digest: kept.digest, on: transaction)
        case .draft(let key):
            try await transaction.run("select settle_blob(\(key), \(kept.digest), \(kept.size))")
            return kept.digest
        }
    }

    /// Makes room for bytes that nobody has taken yet, under a key that stands for none.
    static func begin(_ key: [UInt8], at now: Moment, on transaction: borrowing Transaction) async throws {
        try await transaction.run("insert into blob (sha256, size) values (\(key), 0)")
        try await transaction.run("insert into blob_draft (key, begun_at) values (\(key), \(now))")
    }

    /// The key under which kept bytes stand in the database, to which they are written if they do not.
    static func hold(_ kept: KeptBytes, at now: Moment, on transaction: borrowing Transaction) async throws -> [UInt8] {
        switch kept.place {
        case .draft(let key): return key
        case .memory(let bytes):
            let key = RandomBytes.make(32)
            try await begin(key, at: now, on: transaction)
            try await write(bytes, under: key, on: transaction)
            return key
        }
    }

    /// Removes what nobody took, or nobody holds any longer.
    static func drop(_ key: [UInt8], on transaction: borrowing Transaction) async throws {
        _ = try await transaction.first("select drop_blob_drafts('infinity', \(key), 1)", as: Int32.self)
    }
}

extension DeskStore {
    /// How long a draft may take to arrive before it counts as cut off.
    static let draftLife = Duration.seconds(86_400)

    /// Removes what has arrived and nobody took; what somebody took is not touched.
    public func drop(_ kept: KeptBytes) async throws {
        guard case .draft(let key) = kept.place else { return }
        _ = try await database.first("select drop_blob_drafts('infinity', \(key), 1)", as: Int32.self)
    }

    /// Removes uploads that were cut off a day ago, at most so many, and returns how many there were.
    public func sweepDrafts(atMost limit: Int) async throws -> Int {
        let before = now - Self.draftLife
        let count = try await database.first(
            "select drop_blob_drafts(\(before), null, \(Int32(limit)))", as: Int32.self)
        return Int(count ?? 0)
    }
}
