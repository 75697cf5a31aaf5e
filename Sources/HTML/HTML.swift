/// A piece of a page. The literal is markup; what is interpolated is text and is escaped, unless it is `HTML` itself.
///
///     let row: HTML = "<tr><td><a href=\"\(link)\">\(ticket.subject)</a></td></tr>"
///
/// Where a value stands decides what it may be: inside a quoted attribute that holds an address only a `Link`,
/// in a script, a style, a comment or an unquoted attribute nothing. A value in a place that is not meant for it
/// is left out, and stops a debug build, so that any test that renders the page finds it.
public struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The markup as it is sent.
    public private(set) var markup: String

    public init(stringLiteral markup: String) { self.markup = markup }

    public init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    /// Nothing at all.
    public init() { markup = "" }

    /// Plain text.
    public init(text: some StringProtocol) {
        markup = ""
        HTMLEscape.append(text, to: &markup)
    }

    /// Markup that someone else vouches for, such as a mail's that was made safe before.
    public init(raw markup: String) { self.markup = markup }

    public var isEmpty: Bool { markup.isEmpty }
    public var bytes: [UInt8] { Array(markup.utf8) }

    public static func + (one: HTML, other: HTML) -> HTML { HTML(raw: one.markup + other.markup) }
    public static func += (one: inout HTML, other: HTML) { one.markup += other.markup }
}

extension Sequence<HTML> {
    /// The pieces one after the other.
    public func joined(separator: HTML = HTML()) -> HTML {
        HTML(raw: map(\.markup).joined(separator: separator.markup))
    }
}
