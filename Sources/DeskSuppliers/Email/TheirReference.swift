public import Desk

/// Finds the number of a supplier's own ticket in a mail of the supplier.
public struct TheirReference: Sendable {
    /// What its numbers look like, as the organisation says.
    let patterns: [ReferencePattern]
    /// What we wrote ourselves and what comes back with every answer: nothing in it is theirs.
    let ours: [String]

    public init(_ patterns: [ReferencePattern], ignoring ours: [String]) {
        self.patterns = patterns
        self.ours = ours.map { $0.lowercased() }
    }

    /// How many of the first lines of a text are looked at; what stands further down is about something else.
    private static let lines = 40

    /// The first number that is surely one of theirs: of their own form, behind the word for a ticket, or of a form
    /// that many systems have. In running text a mere word with a hyphen and a figure is none.
    public func find(subject: String, text: String) -> String? {
        let text = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.lines)
            .joined(separator: "\n")
        return stated(in: subject) ?? stated(in: text)
            ?? first(of: ReferencePattern.common, in: subject) ?? worded(in: subject)
            ?? first(of: [.project], in: subject)
            ?? first(of: ReferencePattern.common, in: text) ?? worded(in: text)
    }

    /// One of the form that the organisation says their numbers have.
    public func stated(in text: String) -> String? { first(of: patterns, in: text) }

    /// One in the words behind "acknowledged", where a number is expected: any form will do.
    func expected(in text: String) -> String? {
        let words = text.split { $0.isWhitespace || ",;".contains($0) }.map(Self.bare)
        return find(subject: text, text: "") ?? words.first { Self.isNumber($0, isMarked: true) && isTheirs($0) }
    }

    private func first(of patterns: [ReferencePattern], in text: String) -> String? {
        patterns.lazy.compactMap { pattern in pattern.matches(in: text).first(where: isTheirs) }.first
    }

    private func isTheirs(_ reference: String) -> Bool {
        let reference = reference.lowercased()
        return !ours.contains { $0.contains(reference) }
    }

    /// A number behind a word for a ticket, such as "Ticket #4711", "ärende nr 4711" or "Referentie: AB12/3".
    private func worded(in text: String) -> String? {
        let spaced = text.replacing("#", with: " # ").replacing(":", with: " : ")
        let words = spaced.split { $0.isWhitespace }.map(Self.bare)
        for (place, word) in words.enumerated() where Self.ticketWords.contains(word.lowercased()) {
            var isMarked = false
            for next in words.dropFirst(place + 1).prefix(4) {
                if Self.isNumber(next, isMarked: isMarked) {
                    if isTheirs(next) { return next }
                    break
                }
                let isFiller = next.isEmpty || Self.fillers.contains(next.lowercased())
                guard isFiller else { break }
                isMarked = true
            }
        }
        return nil
    }

    private static func bare(_ word: Substring) -> String {
        func isSign(_ character: Character) -> Bool { "[](){}<>#:.,;!?*\"'“”„".contains(character) }
        return String(word.drop(while: isSign).reversed().drop(while: isSign).reversed())
    }

    /// - Parameter isMarked: whether a word or sign before it says that a number follows.
    private static func isNumber(_ word: String, isMarked: Bool) -> Bool {
        let digits = word.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_/.".contains($0) }
        let isLikely = isMarked || word.contains(where: \.isLetter)
        return isPlain && (2...40).contains(word.utf8.count) && (digits >= 4 || digits >= 2 && isLikely)
    }

    /// What a ticket and its number are called in the five languages, in small letters.
    private static let ticketWords: Set<String> = [
        "ticket", "case", "incident", "request", "reference", "ref", "id", "ticketid", "ticketnumber",
        "ärende", "ärendet", "ärendenummer", "ärendenr", "referens", "referensnummer", "diarienummer",
        "sak", "saken", "saksnummer", "saksnr", "referanse", "referansenummer", "henvendelse",
        "melding", "meldingsnummer", "meldingnummer", "zaak", "zaaknummer", "dossier", "dossiernummer", "referentie",
        "referentienummer", "kenmerk", "ticketnummer",
        "zgłoszenie", "zgłoszenia", "zgłoszeniu", "sprawa", "sprawy", "referencja", "referencyjny",
    ]

    private static let fillers: Set<String> = [
        "#", ":", "-", "–", "number", "no", "nr", "id", "num", "is", "är", "er", "nummer", "numer", "numerem", "to",
        "har", "fått", "has", "o", "w",
    ]
}
