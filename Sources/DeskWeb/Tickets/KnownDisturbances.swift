public import Catalogue
import Desk
public import DeskStore
public import HTML
import Moments

/// The disturbances that are announced, as every door shows them above what it is for.
public struct KnownDisturbances: Sendable {
    private let announcements: [Announcement]
    private let directory: Directory
    private let website: Website
    private let wording: Wording

    public init(_ announcements: [Announcement], in directory: Directory, on website: Website, wording: Wording) {
        (self.announcements, self.directory, self.website, self.wording) = (announcements, directory, website, wording)
    }

    /// - Parameter joining: what stands below each one, such as the way to join it.
    public func html(_ joining: (Announcement) -> HTML? = { _ in nil }) -> HTML? {
        let shown = announcements.compactMap { announcement -> HTML? in
            guard let words = announcement.words(in: wording.language.tag) else { return nil }
            let zone = website.zone(of: announcement.site ?? directory.defaultSite, in: directory)
            let place = announcement.site.flatMap { directory.site($0)?.name }
            let since = wording(
                .disturbanceSince, ["time": wording.dateAndTime(announcement.since, in: zone)])
            let head = place.map { "\($0) · \(since)" } ?? since
            return """
                <div class="notice notice-warn disturbance"><p class="overline">\(wording(.disturbanceKnown))</p>
                <h2 dir="auto">\(words.title)</h2><div class="prose" dir="auto">\(HTML(prose: words.text))</div>
                <p class="muted">\(head)</p>\(joining(announcement))</div>
                """
        }
        return shown.isEmpty
            ? nil : "<section class=\"stack\" aria-label=\"\(wording(.disturbanceKnown))\">\(shown)</section>"
    }
}
