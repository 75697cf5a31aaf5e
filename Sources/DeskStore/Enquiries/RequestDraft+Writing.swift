public import Foundation
public import Postgres

extension DeskStore {
    /// Keeps what somebody wrote, and the files that came with it. The same files twice are kept once, so that a form
    /// which is sent again changes nothing.
    ///
    /// - Parameters:
    ///   - identity: by what it is known; one of this visitor that is there is changed, unless it has been sent.
    ///   - wanted: which of its files remain.
    /// - Throws: `DraftGone` if somebody else has one of that identity; `DatabaseError`.
    public func keepRequest(
        _ identity: UUID, of visitor: [UInt8], fields: String, keeping wanted: Set<Int64> = [], adding uploads: [Upload]
    ) async throws {
        let now = now
        try await transaction(seeing: Sight(visitor: visitor)) { (transaction: borrowing Transaction) in
            let added = try await transaction.run(
                """
                insert into request_draft (uuid, visitor, fields, at)
                values (\(identity), \(visitor), \(fields), \(now)) on conflict do nothing
                """)
            if added == 0 {
                guard try await transaction.hold(draft: identity).place == nil else { return }
                try await transaction.run(
                    "update request_draft set fields = \(fields), at = \(now) where uuid = \(identity)")
            }
            let there = try await transaction.all(
                "select id, name, sha256, bytes from request_draft_file where draft = \(identity)",
                as: (Int64, String, [UInt8], [UInt8]).self)
            func isSame(_ file: (Int64, String, [UInt8], [UInt8]), _ upload: Upload) -> Bool {
                file.1 == upload.name && file.2 == upload.content.digest
            }
            for file in there where !wanted.contains(file.0) && !uploads.contains(where: { isSame(file, $0) }) {
                try await transaction.run("delete from request_draft_file where id = \(file.0)")
                try await Blob.drop(file.3, on: transaction)
            }
            for upload in uploads where !there.contains(where: { isSame($0, upload) }) {
                let key = try await Blob.hold(upload.content, at: now, on: transaction)
                try await transaction.run(
                    """
                    insert into request_draft_file (draft, name, type, size, sha256, bytes)
                    values (\(identity), \(upload.name), \(upload.type), \(upload.content.size),
                        \(upload.content.digest), \(key))
                    """)
            }
        }
    }

    /// Hands the requests that a visitor has written and not sent to whom he turns out to be.
    ///
    /// - Returns: how many there were.
    public func handOverRequests(of visitor: [UInt8], to receiver: [UInt8]) async throws -> Int {
        try await transaction(seeing: Sight(visitor: visitor)) { (transaction: borrowing Transaction) in
            let count = try await transaction.first("select hand_over_request_drafts(\(receiver))", as: Int32.self)
            return Int(count ?? 0)
        }
    }

    /// Gives up a request that a visitor has written; one that was sent remains sent.
    public func giveUpRequest(_ identity: UUID, of visitor: [UInt8]) async throws {
        try await transaction(seeing: Sight(visitor: visitor)) { (transaction: borrowing Transaction) in
            do {
                guard try await transaction.hold(draft: identity).place == nil else { return }
            } catch is DraftGone {
                return
            }
            let gone = try await transaction.release(draft: identity)
            for file in gone { try await Blob.drop(file.bytes, on: transaction) }
            try await transaction.run("delete from request_draft where uuid = \(identity)")
        }
    }
}

extension Transaction {
    /// Sends a request that was kept, once however often it is asked for.
    ///
    /// - Parameters:
    ///   - wanted: the files that go with it; the others are removed.
    ///   - fields: what was filled in in the end.
    ///   - make: makes the ticket of it, which takes the wanted files, and tells where it is seen.
    /// - Returns: where the ticket is seen, also if it was made of the same words before.
    /// - Throws: `DraftGone`, what `make` throws, and `DatabaseError`.
    public borrowing func send(
        draft identity: UUID, with wanted: Set<Int64>, saying fields: String, _ make: () async throws -> String
    ) async throws -> String {
        let held = try await hold(draft: identity)
        if let place = held.place {
            guard held.fields == fields else { throw DraftGone() }
            return place
        }
        let files = try await release(draft: identity)
        guard wanted.isSubset(of: files.map(\.id)) else { throw DraftGone() }
        let place = try await make()
        for file in files where !wanted.contains(file.id) { try await Blob.drop(file.bytes, on: self) }
        try await run("update request_draft set place = \(place), fields = \(fields) where uuid = \(identity)")
        return place
    }

    /// Keeps others from changing or sending a draft until the transaction ends.
    ///
    /// - Returns: where its ticket is seen, nil if it is not sent; and what it says.
    /// - Throws: `DraftGone`.
    fileprivate borrowing func hold(draft identity: UUID) async throws -> (place: String?, fields: String) {
        let found = try await first(
            "select place, fields from request_draft where uuid = \(identity) for update", as: (String?, String).self)
        guard let found else { throw DraftGone() }
        return (found.0, found.1)
    }

    /// Lets go of the files of a draft, so that a ticket can take them.
    fileprivate borrowing func release(draft identity: UUID) async throws -> [(id: Int64, bytes: [UInt8])] {
        try await all(
            "delete from request_draft_file where draft = \(identity) returning id, bytes", as: (Int64, [UInt8]).self
        ).map { ($0.0, $0.1) }
    }
}
