public import Catalogue
public import HTML

/// A hint that what a page shows has changed since it was loaded. A small script asks and shows it, without taking the
/// reader anywhere; where no script runs, nothing of it is seen.
public struct ChangeHint {
    /// How the script comes to know of a change.
    public enum Way: String, Sendable {
        /// It is told on a stream of events.
        case stream
        /// It asks every now and then for a mark, and compares it with that of the page.
        case mark
    }

    private let wording: Wording
    private let text: Phrase
    private let asked: Link
    private let shown: Link
    private let way: Way

    /// - Parameters:
    ///   - text: what the reader is told.
    ///   - asked: where the script asks for changes.
    ///   - shown: where they are seen.
    public init(_ wording: Wording, says text: Phrase, asks asked: Link, shows shown: Link, by way: Way) {
        (self.wording, self.text, self.asked, self.shown, self.way) = (wording, text, asked, shown, way)
    }

    public var html: HTML {
        """
        <div class="changes" role="status" data-way="\(way.rawValue)"\(attribute: "data-changes", asked.text)>\
        <template><div class="changes-told"><p><strong>\(wording(text))</strong>\
        <span data-draft hidden> \(wording(.hintDraft))</span></p>\
        <div class="buttons"><a class="button button-small" href="\(shown)">\(wording(.hintShow))</a>\
        <button class="button button-small button-secondary" type="button">\(wording(.hintLater))</button></div></div>\
        </template></div><script src="\(StaticAsset.changes.link)" defer></script>
        """
    }
}
