public import Foundation
import Moments
import Postgres

/// A request that is written and not sent: its sender first reads what may already answer it.
public struct RequestDraft: Sendable {
    /// A file that is kept with it.
    public struct File: Sendable {
        public let id: Int64
        public let upload: Upload
    }

    /// What is kept of a request for a while.
    static let life = Duration.seconds(86_400)

    public let identity: UUID
    /// What was filled in, as a form carries it.
    public let fields: String
    /// Where the ticket is seen that it became; nil until it is sent.
    public let place: String?
    public let files: [File]
}

/// A draft, or a file of it, is not there any longer: it was given up, changed elsewhere, or has had its time.
public struct DraftGone: Error {
    public init() {}
}

extension DeskStore {
    /// A request that this visitor has written; nil where there is none, or where it has had its time.
    public func requestDraft(_ identity: UUID, of visitor: [UInt8]) async throws -> RequestDraft? {
        var batch = Batch()
        let draft = batch.first(
            """
            select fields, place from request_draft where uuid = \(identity) and at > \(now - RequestDraft.life)
            """, as: (String, String?).self)
        let files = batch.all(
            """
            select id, name, type, size, sha256, bytes from request_draft_file where draft = \(identity) order by id
            """, as: (Int64, String, String, Int64, [UInt8], [UInt8]).self)
        let answers = try await ask(batch, seeing: Sight(visitor: visitor))
        return try answers[draft].map { fields, place in
            RequestDraft(
                identity: identity, fields: fields, place: place,
                files: try answers[files].map { id, name, type, size, digest, key in
                    let content = KeptBytes(place: .draft(key: key), digest: digest, size: size)
                    return RequestDraft.File(id: id, upload: Upload(name: name, type: type, content: content))
                })
        }
    }

    /// Removes requests that have had their time, with the bytes of their files, at most so many, and returns how many
    /// there were.
    public func sweepRequestDrafts(atMost limit: Int) async throws -> Int {
        let count = try await database.first(
            "select drop_request_drafts(\(now - RequestDraft.life), \(Int32(limit)))", as: Int32.self)
        return Int(count ?? 0)
    }
}
