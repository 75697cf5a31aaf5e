import DeskStore
import DeskWeb
public import HTTP
import JSON
import Secrets
import Synchronization

/// Whoever asks what the API can do: with a token he is told the codes of the organisation too.
public struct DocumentReader: Sendable {
    let knowsCodes: Bool
}

extension API {
    /// The door to the OpenAPI document, which stands open: those without a token learn nothing of the desk from it.
    public var document: Door<DocumentReader> {
        Door(
            { [store] request in
                guard request.fields.contains(.authorization) else { return DocumentReader(knowsCodes: false) }
                _ = try await BearerToken.record(behind: request, in: store)
                return DocumentReader(knowsCodes: true)
            },
            endpoints: [
                Endpoint(.get, OpenAPI.path) { [store, documents] request, reader in
                    let written = documents.document(try await store.directory(), for: reader)
                    var response = Response(json: written.bytes)
                    response.fields[.entityTag] = written.tag.description
                    response.fields[.cacheControl] = "no-cache"
                    response.fields[.vary] = "Authorization"
                    if Conditions(request).verdict(tag: written.tag) == .notModified {
                        (response.status, response.body) = (.notModified, .empty)
                    }
                    return response
                }
            ])
    }
}

/// The documents of the organisation in force, written once: strangers may ask as often as they like.
final class DocumentCache: Sendable {
    struct Written: Sendable {
        let version: Int64
        let bytes: [UInt8]
        let tag: EntityTag
    }

    private let latest = Mutex<[Bool: Written]>([:])

    func document(_ directory: Directory, for reader: DocumentReader) -> Written {
        let kept = latest.withLock { $0[reader.knowsCodes] }
        if let kept, kept.version == directory.version { return kept }
        let bytes = OpenAPI(directory, tellingCodes: reader.knowsCodes).json.bytes()
        let written = Written(
            version: directory.version, bytes: bytes,
            tag: EntityTag(String(Hex.encode(Digest(sha256: bytes).bytes).prefix(32))))
        latest.withLock { $0[reader.knowsCodes] = written }
        return written
    }
}
