import Catalogue
import DeskStore
import HTML

/// The words of an entry, those that its readers know or need not see at first folded in their place.
struct FoldedText {
    private let entry: EntryView
    private let wording: Wording

    init(_ entry: EntryView, wording: Wording) { (self.entry, self.wording) = (entry, wording) }

    var html: HTML {
        let text = entry.text.utf8
        var html = HTML()
        var position = text.startIndex
        for fold in entry.folds {
            let start = text.index(text.startIndex, offsetBy: fold.range.lowerBound)
            let end = text.index(text.startIndex, offsetBy: fold.range.upperBound)
            html += HTML(prose: entry.text[position..<start])
            html += """
                <details class="fold"><summary>\(wording(phrase(for: fold.kind)))</summary>\
                <div class="stack">\(HTML(prose: entry.text[start..<end]))</div></details>
                """
            position = end
        }
        return html + HTML(prose: entry.text[position...])
    }

    private func phrase(for kind: EntryFold.Kind) -> Phrase {
        switch kind {
        case .quote: .foldQuote
        case .signature: .foldSignature
        case .notice: .foldNotice
        }
    }
}
