public import DeskStore
public import Foundation
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
        try await once(Self.digest(form.values, files: []), by: principal, seeing: sight, make)
    }

    /// The same of a form that may have brought files.
    public func once(
        _ form: SentForm, by principal: String, seeing sight: Sight = .desk,
        _ make: (borrowing Transaction) async throws -> String
    ) async throws -> Response {
        try await once(Self.digest(form), by: principal, seeing: sight, make)
    }

    /// By what it is known that came with a form: the same however often the form is sent.
    public func identity(of form: SentForm) -> UUID {
        UUID(bytes: Self.digest(form).bytes.prefix(16)) ?? UUID()
    }

    private static func digest(_ form: SentForm) -> Digest {
        digest(
            form.values,
            files: form.files.flatMap { [Array($0.field.utf8), Array($0.name.utf8), $0.content?.digest ?? []] })
    }

    private func once(
        _ digest: Digest, by principal: String, seeing sight: Sight,
        _ make: (borrowing Transaction) async throws -> String
    ) async throws -> Response {
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

    /// What was filled in. The bytes on the way do not tell: a browser that sends a form with files again parts them by
    /// other boundaries. Two renderings of one form differ by their tokens.
    private static func digest(_ values: HTTP.Query, files: [[UInt8]]) -> Digest {
        var stream = DigestStream()
        for bytes in values.pairs.flatMap({ [Array($0.name.utf8), Array($0.value.utf8)] }) + files {
            stream.update(Array("\(bytes.count):".utf8))
            stream.update(bytes)
        }
        return stream.finish()
    }
}
