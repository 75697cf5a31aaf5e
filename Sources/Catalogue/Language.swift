/// A language that the desk speaks. The raw value is its BCP 47 tag, as it stands in `lang` and in settings.
public enum Language: String, CaseIterable, Codable, Hashable, Sendable {
    case english = "en"
    case swedish = "sv"
    case norwegian = "nb"
    case dutch = "nl"
    case polish = "pl"

    /// The language of a BCP 47 tag, whatever its region or script: `sv-FI` is Swedish, `no` and `nn` are served with
    /// Bokmål. Nil for a language that the desk does not speak.
    public init?(tag: some StringProtocol) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        self.init(rawValue: primary == "no" || primary == "nn" ? "nb" : primary)
    }

    /// The language that a browser likes best among ours (RFC 9110 section 12.5.4); nil if it likes none.
    ///
    /// Of languages liked equally the first named wins. `*` and what has the weight 0 choose nothing.
    public init?(acceptLanguage field: some StringProtocol) {
        var best: (language: Language, weight: Double)?
        // A browser names a handful of languages; whoever names hundreds is not choosing one.
        for part in field.split(separator: ",").prefix(32) {
            let pieces = part.split(separator: ";").map { String($0).filter { !$0.isWhitespace } }
            guard let tag = pieces.first, let language = Language(tag: tag) else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        guard let best else { return nil }
        self = best.language
    }

    /// The BCP 47 tag.
    public var tag: String { rawValue }

    /// What its speakers call it; a list of languages to choose from shows this and nothing else.
    public var ownName: String { Wording(self)(.languageName) }
}
