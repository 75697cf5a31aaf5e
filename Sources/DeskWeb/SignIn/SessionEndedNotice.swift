public import Catalogue
public import HTML

/// Tells somebody who is to sign in again why.
public struct SessionEndedNotice {
    private let wording: Wording

    public init(_ wording: Wording) { self.wording = wording }

    public var html: HTML {
        """
        <p class="notice notice-warn" role="status"><strong>\(wording(.sessionEndedTitle)).</strong> \
        \(wording(.sessionEndedText))</p>
        """
    }
}
