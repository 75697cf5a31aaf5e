public import HTML
import HTTP

extension Website {
    /// The places of the main menu. They are addresses of the whole, because the programs may listen on several ports.
    var portalLink: Link { absolute("/") }
    var queueLink: Link { absolute("/desk") }
    var articlesLink: Link { absolute("/desk/articles") }
    var helpLink: Link { absolute("/articles") }
    var noticesLink: Link { absolute("/desk/notices") }
    var mailLink: Link { absolute("/desk/mail") }
    var suppliersLink: Link { absolute(Self.suppliers) }
    var reportsLink: Link { Link(reportsURL) ?? "/reports" }

    /// Where the portal of suppliers begins.
    public static let suppliers: Link = "/supplier/portal"

    /// A place of ours as others can follow it, such as a link in a letter or on a confirmation.
    public func absolute(_ place: Link) -> Link {
        var base = publicURL.description
        while base.hasSuffix("/") { base.removeLast() }
        return Link(base + place.text) ?? place
    }
}
