/// Says things in one language: `wording(.ticketHeading, ["number": number])`.
public struct Wording: Hashable, Sendable {
    public let language: Language

    public init(_ language: Language) { self.language = language }

    var catalogue: MessageCatalogue { MessageCatalogue.of(language) }

    /// The phrase with its values. A value that the phrase does not name is left out.
    ///
    /// - Precondition: every value that the phrase names is given; in a release build its name shows instead.
    public func callAsFunction(_ phrase: Phrase, _ values: KeyValuePairs<String, any WordingValue> = [:]) -> String {
        var text = ""
        for piece in pieces(phrase, count: values.first { $0.key == Message.count }?.value.count) {
            switch piece {
            case .text(let part): text += part
            case .value(let name):
                let value = values.first { $0.key == name }?.value
                assert(value != nil, "\(phrase) needs a value for {\(name)}")
                text += value?.text(self) ?? "{\(name)}"
            }
        }
        return text
    }

    /// What a phrase consists of, for a page that puts markup in the place of a value. `count` chooses the form of
    /// the word counted.
    public func pieces(_ phrase: Phrase, count: Int? = nil) -> [Piece] {
        (catalogue.messages[phrase]?.pieces(for: count, in: language) ?? []).map { piece in
            switch piece {
            case .text(let text): .text(text)
            case .value(let name): .value(name)
            }
        }
    }

    /// A part of a phrase: words, or the place of a value.
    public enum Piece: Hashable, Sendable {
        case text(String)
        case value(String)
    }

    /// What people call a word of the wire, such as the state `in_progress`; the word itself where nobody has
    /// named it, because some lists are open.
    public func callAsFunction(_ vocabulary: Vocabulary, _ word: some StringProtocol) -> String {
        vocabulary.phrase(for: word).map { self($0) } ?? String(word)
    }

    /// What people call a level: impact, urgency, priority or tier.
    public func callAsFunction(_ vocabulary: Vocabulary, _ number: some BinaryInteger) -> String {
        vocabulary.phrase(for: String(number)).map { self($0) }
            ?? (vocabulary == .tier ? self(.tierNumber, ["number": String(number)]) : String(number))
    }
}

/// What can stand in the place of a value in a phrase.
public protocol WordingValue: Sendable {
    func text(_ wording: Wording) -> String
    /// The number, where it chooses the form of a word.
    var count: Int? { get }
}

extension WordingValue {
    public var count: Int? { nil }
}

extension String: WordingValue {
    public func text(_ wording: Wording) -> String { self }
}

extension Substring: WordingValue {
    public func text(_ wording: Wording) -> String { String(self) }
}

extension Int: WordingValue {
    public func text(_ wording: Wording) -> String { wording.number(self) }
    public var count: Int? { self }
}
