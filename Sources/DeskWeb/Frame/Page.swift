import Catalogue
public import HTML
public import HTTP

/// A whole page in the frame that all pages share.
public struct Page: Sendable {
    /// How much room the content takes.
    public enum Width: Sendable {
        case normal
        /// A form, or a text to read.
        case narrow
        /// A list.
        case wide
    }

    /// The part of the desk to which a page belongs, as the main menu marks it.
    public enum Area: Sendable {
        case portal
        case queue
        case notices
        /// The mail that came in.
        case mail
        case report
        /// The articles, for those who write them.
        case articles
        /// The articles, for those who look for help.
        case help
        /// The portal of suppliers, whose people see nothing of the rest.
        case suppliers
    }

    private let title: String
    private let visit: Visit
    private let area: Area?
    private let width: Width
    private let body: HTML

    /// - Parameter title: what the page is, without the name of the desk.
    public init(
        _ title: String, visit: Visit, area: Area? = nil, width: Width = .normal, body: () throws -> HTML
    ) rethrows {
        (self.title, self.visit, self.area, self.width) = (title, visit, area, width)
        self.body = try body()
    }

    public func response(_ status: Status = .ok, fields: Fields = Fields()) -> Response {
        var response = Response(status, html: html.markup)
        for (name, value) in fields { response.fields[name] = value }
        return response
    }

    private var wording: Wording { visit.wording }

    var html: HTML {
        let desk = wording(.deskName)
        let classes =
            switch width {
            case .normal: "content"
            case .narrow: "content content-narrow"
            case .wide: "content content-wide"
            }
        return """
            <!DOCTYPE html>
            <html lang="\(wording.language.tag)"\(attribute: "data-theme", visit.theme.attribute)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(wording(.pageTitle, ["page": title, "desk": desk]))</title>
            <link rel="stylesheet" href="\(StaticAsset.stylesheet.link)">
            <link rel="icon" href="\(StaticAsset.icon.link)" type="image/svg+xml">
            </head>
            <body>
            <a class="skip-link" href="#content">\(wording(.skipToContent))</a>
            \(Masthead(visit: visit, area: area).html)
            <main class="\(classes)" id="content">
            \(body)
            </main>
            <footer class="footer"><div class="footer-inner">
            <span>\(wording(.productName))</span>
            \(area == .suppliers ? nil : help)
            </div></footer>
            </body>
            </html>

            """
    }

    private var help: HTML { "<a href=\"\(visit.website.portalLink)\">\(wording(.help))</a>" }
}
