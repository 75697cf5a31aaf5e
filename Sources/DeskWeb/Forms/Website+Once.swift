public import DeskStore
public import HTTP
public import Postgres
import Runtime
import Secrets

extension Website {
    /// Does what a form asks for once, however often it is sent: by a double click, or because no answer came.
    ///
    /// - Parameters:
    ///   - principal: whose form it is; the same form of somebody else is another one.
    ///   - make: does it in the transaction, and tells where what was made can be seen.
    /// - Throws: what `make` throws, and `DatabaseError`.
    public func once(
        _ form: Form, by principal: String, seeing sight: Sight = .desk,
        _ make: (borrowing Transaction) async throws -> String
    ) async throws -> Response {
        let digest = form.digest
        let fingerprint = digest.bytes
        let key = IdempotencyKey(principal: principal, key: digest.hex)
        let location = try await record(seeing: sight) { (transaction: borrowing Transaction) -> String in
            let now = store.timekeeper.now
            if let kept = try await transaction.claim(key, fingerprint: fingerprint, now: now) {
                return kept.location ?? "/"
            }
            let location = try await make(transaction)
            let answer = KeptAnswer(fingerprint: fingerprint, status: 303, location: location, body: [])
            try await transaction.keep(answer, under: key)
            return location
        }
        return .seeOther(location)
    }
}

extension Form {
    /// What was filled in. The bytes on the way do not tell: a browser that sends a form with files again parts them by
    /// other boundaries. Two renderings of one form differ by their tokens.
    fileprivate var digest: Digest {
        let fields = values.pairs.flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
        let files = files.flatMap { [Array($0.field.utf8), Array($0.name.utf8), $0.bytes] }
        var stream = DigestStream()
        for bytes in fields + files {
            stream.update(Array("\(bytes.count):".utf8))
            stream.update(bytes)
        }
        return stream.finish()
    }
}
