/// What a message says: its text, its HTML and its files, chosen from the tree of parts.
struct Body {
    /// A piece of the body, in one form or both.
    private struct Piece {
        var plain: String?
        var html: String?
    }

    private var pieces: [Piece] = []
    private(set) var attachments: [Attachment] = []
    /// The words of a `winmail.dat`, which count where there are no others.
    private var wordsOfTNEF: Piece?

    /// Chooses from the tree below `root` as mail programs do.
    init(_ root: Part, defects: inout DefectList) {
        take(root, isRoot: true, defects: &defects)
        if pieces.isEmpty { takeFromFiles() }
        markShownInline()
    }

    /// What a message says that has no text but in its files: in a `winmail.dat`, or in an invitation.
    private mutating func takeFromFiles() {
        if let words = wordsOfTNEF {
            pieces.append(words)
        } else if let calendar = attachments.first(where: { $0.type == "text/calendar" }) {
            let text = InvitationText.render(Charset.text(of: calendar.content[...], label: calendar.charset).text)
            if !text.isEmpty { pieces.append(Piece(plain: text)) }
        }
    }

    private init() {}

    /// The text to read: plain text where the sender wrote some, else derived from the HTML.
    var text: String {
        let texts = pieces.map { piece in
            if let plain = piece.plain, !plain.isEmpty { return plain }
            return piece.html.map(HTMLText.render) ?? ""
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// The HTML as it was sent, not sanitised; plain pieces between HTML are put in as text. Nil if there is none.
    var html: String? {
        guard pieces.contains(where: { $0.html != nil }) else { return nil }
        return pieces.map { $0.html ?? Self.escaped($0.plain ?? "") }.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        var html = "<pre>"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html + "</pre>"
    }

    private mutating func take(_ part: Part, isRoot: Bool = false, defects: inout DefectList) {
        guard part.isMultipart else { return takeLeaf(part, isRoot: isRoot, defects: &defects) }
        switch part.contentType.name {
        case "multipart/alternative": takeAlternative(part, defects: &defects)
        case "multipart/related": takeRelated(part, defects: &defects)
        case "multipart/report", "multipart/signed":
            // The first part is for people, the others are for programs.
            for (index, child) in part.parts.enumerated() {
                if index == 0 { take(child, defects: &defects) } else { attach(child) }
            }
        default:
            for child in part.parts { take(child, defects: &defects) }
        }
    }

    private mutating func takeLeaf(_ part: Part, isRoot: Bool, defects: inout DefectList) {
        let isMultipart = part.contentType.type == "multipart"
        guard TextPart.isReadable(part.contentType) || isMultipart && isRoot, !isFile(part, isRoot: isRoot),
            let text = TextPart(part, defects: &defects)
        else { return attach(part) }
        for file in text.files { attach(file) }
        guard !text.text.isEmpty else { return }
        pieces.append(text.isHTML ? Piece(html: text.text) : Piece(plain: text.text))
    }

    /// Whether a readable part is meant as a file: it says so, or it has a name and is not the first thing said.
    private func isFile(_ part: Part, isRoot: Bool) -> Bool {
        if part.disposition?.kind == .attachment { return true }
        guard !isRoot, let disposition = part.disposition else { return part.statedFileName != nil && !pieces.isEmpty }
        return disposition.parameters["filename"] != nil || part.statedFileName != nil && !pieces.isEmpty
    }

    /// Takes the last plain text and the last HTML: alternatives come in rising order of what they can express.
    private mutating func takeAlternative(_ part: Part, defects: inout DefectList) {
        var chosen = Piece()
        for child in part.parts {
            if !child.isMultipart,
                ["text/x-amp-html", "text/watch-html", "text/enriched"].contains(child.contentType.name)
            {
                continue
            }
            var body = Body()
            body.take(child, defects: &defects)
            attachments += body.attachments
            wordsOfTNEF = wordsOfTNEF ?? body.wordsOfTNEF
            if let html = body.html {
                chosen.html = html
            } else if !body.pieces.isEmpty {
                chosen.plain = body.text
            }
        }
        if chosen.plain != nil || chosen.html != nil { pieces.append(chosen) }
    }

    /// Takes the part that the others belong to; those are files, most of them pictures in the HTML.
    private mutating func takeRelated(_ part: Part, defects: inout DefectList) {
        let start = part.contentType.parameters["start"].map { $0.filter { $0 != "<" && $0 != ">" } }
        let root = part.parts.firstIndex { start != nil && $0.contentID?.lowercased() == start?.lowercased() } ?? 0
        for (index, child) in part.parts.enumerated() {
            if index == root || child.isMultipart { take(child, defects: &defects) } else { attach(child) }
        }
    }

    private mutating func attach(_ part: Part) {
        for child in part.parts { attach(child) }
        guard part.parts.isEmpty else { return }
        let content = part.content
        // A multipart without parts that holds nothing is not a file.
        if part.contentType.type == "multipart", content.trimmed.isEmpty { return }
        attach(Attachment(part, content: content))
    }

    private mutating func attach(_ file: Attachment) {
        if !open(file) { attachments.append(file) }
    }

    /// Takes the files and the words out of a `winmail.dat`. Whether that was all: if not, it is a file like others.
    private mutating func open(_ file: Attachment) -> Bool {
        let isNamed = file.name.lowercased() == "winmail.dat"
        guard isNamed || ["application/ms-tnef", "application/vnd.ms-tnef"].contains(file.type),
            let found = TNEF(file.content[...])
        else { return false }
        let hasWords = found.text != nil || found.html != nil
        let isFirst = wordsOfTNEF == nil
        if hasWords, isFirst {
            wordsOfTNEF = Piece(plain: found.text?.asPlainText, html: found.html?.asPlainText)
        }
        attachments += found.files
        return found.isWhole && (isFirst || !hasWords)
    }

    private mutating func markShownInline() {
        let references = Self.references(in: pieces.compactMap(\.html))
        guard !references.isEmpty else { return }
        for index in attachments.indices {
            let identifier = attachments[index].contentID.map { references.contains("cid:" + $0) } ?? false
            let location = attachments[index].contentLocation.map(references.contains) ?? false
            attachments[index].isShownInline = identifier || location
        }
    }

    /// The addresses of the pictures and the like that HTML shows.
    private static func references(in pages: [String]) -> Set<String> {
        var references: Set<String> = []
        for page in pages {
            for case .open(_, let attributes) in HTMLTokens(page) {
                for name in ["src", "background"] {
                    guard let value = HTMLTokens.attribute(name, in: attributes) else { continue }
                    references.insert(value)
                    if value.lowercased().hasPrefix("cid:") {
                        references.insert("cid:" + percentDecoded(value.dropFirst(4)))
                    }
                }
            }
        }
        return references
    }

    private static func percentDecoded(_ text: Substring) -> String {
        Parameters([("value*", Array("utf-8''".utf8) + Array(text.utf8))])["value"] ?? String(text)
    }
}
