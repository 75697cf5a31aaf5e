/// Something wrong with a message that was read all the same.
public enum Defect: Hashable, Sendable {
    /// The message has no header fields at all.
    case noHeader
    /// The header is longer than the limit; the rest of it was passed over.
    case headerTooLong
    /// A line within the header is no field; it was joined to the field before it.
    case strayHeaderLine
    /// The body begins without the empty line that ends a header.
    case missingSeparator
    /// There are blanks between the name of a field and its colon.
    case spaceBeforeColon(field: String)
    /// A field that must occur once occurs more often.
    case duplicated(field: String)
    /// A field that every message must have is absent.
    case missing(field: String)
    /// A field is there, but what it says could not be understood, or only in part.
    case unreadable(field: String)
    /// A multipart names no boundary.
    case boundaryMissing
    /// The boundary that a multipart names does not occur in it.
    case boundaryUnused
    /// The end of a multipart is missing; it was taken to end with the bytes.
    case boundaryUnclosed
    /// Parts are nested more deeply than the limit; the deepest were left as they are.
    case nestedTooDeeply
    /// There are more parts than the limit; the rest of them was passed over.
    case tooManyParts
    /// The transfer encoding is not known; the part was read as it stands.
    case unknownTransferEncoding(String)
    /// The transfer encoding was violated; what could be decoded was.
    case brokenTransferEncoding(String)
    /// The character set is not known; another was assumed.
    case unknownCharset(String)
    /// Bytes that the character set does not have were replaced.
    case brokenText(charset: String)
    /// NUL characters were dropped from a text, or the text was taken for a file because of them.
    case nullCharacters
}

/// The faults found while one message is read, each once.
struct DefectList {
    /// A hostile message must not turn into a list of faults larger than itself.
    private static let limit = 100

    private(set) var all: [Defect] = []
    private var known: Set<Defect> = []

    mutating func note(_ defect: Defect) {
        guard all.count < Self.limit, known.insert(defect).inserted else { return }
        all.append(defect)
    }
}
