/// A place with a desk, as the organisation document names it.
public struct Site: Hashable, Sendable {
    /// The beginning of its tickets' numbers, such as `OSL`.
    public var code: String
    public var name: String
    /// The name of its time zone in the IANA database.
    public var zone: String
    /// How it writes dates and numbers, such as `nb-NO`.
    public var locale: String
    /// The languages its desk speaks, the preferred one first.
    public var languages: [String]
    /// The code of the calendar by which its desk is open.
    public var calendar: String
    /// The mail addresses whose mail becomes its tickets.
    public var addresses: [String]
    /// The domain of the addresses to which requesters answer, and the sender's domain of its letters.
    public var replyDomain: String
    /// The code of the position that answers for its tickets until they are routed.
    public var intake: String
    /// The codes of the sites whose teams work for it, nearest first: on tiers that it does not staff itself, and on
    /// the others while none of its own teams is open and takes more.
    public var servedBy: [String]
    /// Its own words for letters.
    public var letters: LetterTemplates

    /// The language in which it writes to people whose own is not known.
    public var language: String { languages.first ?? "en" }

    public init(
        code: String, name: String, zone: String, locale: String, languages: [String], calendar: String,
        addresses: [String], replyDomain: String, intake: String, servedBy: [String] = [],
        letters: LetterTemplates = LetterTemplates()
    ) {
        self.code = code
        self.name = name
        self.zone = zone
        self.locale = locale
        self.languages = languages
        self.calendar = calendar
        self.addresses = addresses
        self.replyDomain = replyDomain
        self.intake = intake
        self.servedBy = servedBy
        self.letters = letters
    }
}
