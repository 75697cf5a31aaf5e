import JSON

/// The words with which a site writes letters instead of the desk's own.
public struct LetterTemplate: Hashable, Sendable {
    public var subject: String?
    /// What stands beneath the greeting.
    public var opening: String?

    public init(subject: String? = nil, opening: String? = nil) {
        (self.subject, self.opening) = (subject, opening)
    }

    /// A text in which `{name}` stands for a value, with the values; nil where a brace has no partner.
    public static func fill(_ text: String, _ value: (String) -> String) -> String? {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false)
        guard let first = parts.first, !first.contains("}") else { return nil }
        var filled = String(first)
        for part in parts.dropFirst() {
            let halves = part.split(separator: "}", omittingEmptySubsequences: false)
            guard halves.count == 2 else { return nil }
            filled += value(String(halves[0])) + halves[1]
        }
        return filled
    }
}

/// The templates of a site.
public struct LetterTemplates: Hashable, Sendable {
    /// By letter and by the tag of the language.
    public private(set) var words: [Letter: [String: LetterTemplate]]

    public init(_ words: [Letter: [String: LetterTemplate]] = [:]) { self.words = words }

    public subscript(letter: Letter, language: String) -> LetterTemplate? { words[letter]?[language] }
}

extension Letter {
    /// The languages in which letters are written.
    public static let languages = ["en", "sv", "nb", "nl", "pl"]

    /// What a template of the letter may name: what is known of every ticket, and what this letter is about.
    public var values: [String] {
        ["number", "subject", "team", "priority", "who"] + ownValues
    }

    private var ownValues: [String] {
        switch self {
        case .supplierQuestion, .supplierAsked, .supplierNoted, .supplierReturned, .supplierResolved,
            .supplierUnreachable:
            ["supplier"]
        case .handedOver, .escalated: ["reason"]
        case .deadlineNear, .deadlineMissed: ["measure", "time"]
        case .callbackPromised: ["time"]
        case .merged: ["other"]
        default: []
        }
    }

    /// Why a template of this letter would not do; nothing if it does.
    func faults(of template: LetterTemplate) -> [(part: String, detail: String)] {
        var faults: [(part: String, detail: String)] = []
        for (part, text) in [("subject", template.subject), ("opening", template.opening)] {
            guard let text else { continue }
            var unknown: [String] = []
            let filled = LetterTemplate.fill(text) { name in
                if !values.contains(name) { unknown.append(name) }
                return ""
            }
            if filled == nil {
                faults.append((part, "has a brace without its partner; values are written as {number}"))
            }
            for name in unknown {
                let meant = NearestWord.to(name, among: values).map { "; did you mean {\($0)}?" } ?? ""
                let list = values.map { "{\($0)}" }.joined(separator: ", ")
                faults.append((part, "names {\(name)}; a letter \(rawValue) has \(list)\(meant)"))
            }
            // The letter asks its reader to leave it there, and an answer without its fields is known by it.
            if part == "subject", isForRequester, self != .followedSolved, !text.contains("[{number}]") {
                faults.append((part, "must hold [{number}], by which an answer is known"))
            }
        }
        return faults
    }
}
