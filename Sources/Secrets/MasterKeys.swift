/// The keys that everything secret of an installation stands on, the newest first.
///
/// The newest seals and signs; the older ones only open and verify, so a key is replaced by putting a new one in
/// front and removing the old one when nothing needs it any more. No master key is used itself: each purpose has a
/// key derived from it.
public struct MasterKeys: Sendable {
    struct Entry: Sendable {
        let id: String
        let key: SecretKey
    }

    let entries: [Entry]

    /// Every reason why the text is no key list. None of them quotes a key.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let reasons: [String]
        public var description: String { reasons.joined(separator: "; ") }
    }

    /// Reads `id:base64,id:base64…`, the form of the setting `MERIDIAN_SECRET`.
    public init(parsing text: some StringProtocol) throws(Fault) {
        var entries: [Entry] = []
        var reasons: [String] = []
        for (index, word) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            switch Self.entry(Self.trimmed(word), number: index + 1) {
            case .success(let entry) where entries.contains { $0.id == entry.id }:
                reasons.append("two keys are named \"\(entry.id)\"; give each its own name")
            case .success(let entry): entries.append(entry)
            case .failure(let fault): reasons += fault.reasons
            }
        }
        guard reasons.isEmpty else { throw Fault(reasons: reasons) }
        self.entries = entries
    }

    /// A single new key, for tests and for a first start.
    public init(id: String, key: SecretKey) {
        entries = [Entry(id: id, key: key)]
    }

    /// The names of the keys, the newest first.
    public var identifiers: [String] { entries.map(\.id) }

    /// The keys of a purpose, the newest first.
    public func keys(for purpose: String) -> [SecretKey] {
        entries.map { $0.key.derived(for: purpose) }
    }

    private static func entry(_ word: some StringProtocol, number: Int) -> Result<Entry, Fault> {
        func fault(_ reason: String) -> Result<Entry, Fault> { .failure(Fault(reasons: [reason])) }
        let advice = "write name:key, the key from `openssl rand -base64 32`"
        guard let colon = word.firstIndex(of: ":") else {
            return fault("key \(number) has no name before a colon; \(advice)")
        }
        let id = String(word[..<colon])
        guard (1...32).contains(id.utf8.count), id.utf8.allSatisfy(isNameCharacter) else {
            return fault(
                "the name of key \(number) must be 1 to 32 letters, digits, dots, dashes or underscores; \(advice)")
        }
        guard let bytes = Base64.decode(word[word.index(after: colon)...]) else {
            return fault("key \"\(id)\" is not base64; \(advice)")
        }
        guard bytes.count >= 32 else {
            return fault("key \"\(id)\" has \(bytes.count) bytes and needs 32 or more; \(advice)")
        }
        return .success(Entry(id: id, key: SecretKey(bytes: bytes)))
    }

    private static func trimmed(_ word: some StringProtocol) -> String {
        let start = word.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
