/// Tells where a mail's HTML begins to repeat an older message, by the marks that mail programs set.
///
/// The marks are in classes, identifiers and borders that a safe page does not keep, so a class of our own stands for
/// them: ``part`` on an element that is a quotation, ``rest`` on one with which all that follows begins to be one.
enum SafeQuotes {
    static let part = "mail-quote"
    static let rest = "mail-quote-rest"

    private static let parts: Set<String> = [
        "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra",
    ]
    private static let rests: Set<String> = [
        "divrplyfwdmsg", "x_divrplyfwdmsg", "appendonsend", "x_appendonsend", "outlookmessageheader",
        "mail-editor-reference-message-container", "reply-intro", "ms-outlook-mobile-reference-message",
    ]
    /// The lines that Outlook draws above the header of an older message, of which the words decide.
    private static let borders = ["border-top:solid #e1e1e1 1.0pt", "border-top:solid #b5c4df 1.0pt"]

    /// The mark that a tag is given; nil if it begins nothing that is known.
    static func mark(of tag: SafeTokens.Tag) -> String? {
        var names = tag.text(of: "class").map { $0.lowercased().split { $0.isWhitespace }.map(String.init) } ?? []
        if names.contains(part) { return part }
        if names.contains(rest) { return rest }
        if let name = tag.text(of: "id")?.lowercased() { names.append(name) }
        if names.contains(where: rests.contains) { return rest }
        if names.contains(where: parts.contains) { return part }
        guard let style = tag.text(of: "style")?.lowercased().replacing("windowtext", with: "") else { return nil }
        let hasBorder = borders.contains { style.replacing(": ", with: ":").contains($0) }
        return hasBorder && style.contains("padding:3.0pt 0") ? rest : nil
    }

    /// The line that programs write above an older message: `-----Original Message-----` and its like.
    static func isSeparator(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count < 200 else { return false }
        let words = text.filter { !$0.isSpace || $0 == 0x20 }
        guard words.starts(with: "---".utf8), words.reversed().starts(with: "---".utf8) else { return false }
        let name = String(decoding: words, as: UTF8.self).lowercased().drop { $0 == "-" || $0 == " " }
        return separators.contains { name.hasPrefix($0) }
    }

    /// Whether a quotation that begins with this text is passed on: that is what its sender wants to be read.
    static func isForward(_ text: ArraySlice<UInt8>) -> Bool {
        text.drop(while: \.isSpace).starts(with: "-----".utf8) && !isSeparator(text)
    }

    private static let separators = [
        "original message", "original appointment", "ursprungligt meddelande", "originalmeddelande",
        "opprinnelig melding", "opprinnelig avtale", "oprindelig meddelelse", "oorspronkelijk bericht",
        "oorspronkelijke afspraak", "oryginalna wiadomo", "wiadomość oryginalna", "wiadomo&#347;&#263; oryginalna",
        "oryginalne spotkanie", "ursprüngliche nachricht", "originalnachricht", "message d'origine",
        "message d’origine",
        "mensaje original", "messaggio originale", "mensagem original", "alkuperäinen viesti", "algne sõnum",
    ]
}
