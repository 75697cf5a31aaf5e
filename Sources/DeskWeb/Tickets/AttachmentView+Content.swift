public import DeskStore
public import HTTP
import Secrets

extension AttachmentView {
    /// The file as an answer, which may be asked for in parts. Its name is its digest: what has it never changes.
    ///
    /// - Parameters:
    ///   - type: What it is said to be; a browser must not guess another.
    ///   - fields: What else the answer says of itself.
    public func content(type: String, fields: Fields, from store: DeskStore, seeing sight: Sight) -> RangedContent {
        RangedContent(
            length: size, type: type, tag: EntityTag(Hex.encode(sha256)),
            fields: fields
        ) { range, writer in
            try await store.read(range, of: self, seeing: sight) { try await writer.write($0) }
        }
    }
}
