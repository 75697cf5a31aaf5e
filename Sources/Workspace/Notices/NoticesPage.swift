import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Moments
import TimeZones

/// What a person was told, the newest first, with a mark on what he has not read.
struct NoticesPage {
    let agent: Agent
    let notices: [NoticeView]
    let hasMore: Bool
    let isFirst: Bool
    let zone: Zone

    private var wording: Wording { agent.wording }

    var response: Response {
        let title = wording(.noticesTitle)
        return Page(title, visit: agent.visit, area: .notices) {
            """
            <div class="stack"><div class="page-head"><div><h1>\(title)</h1>\
            <p class="lede">\(wording(.noticesIntro))</p></div>
            <p><a href="/desk/notices/settings">\(wording(.noticeSettingsTitle))</a></p></div>
            \(marking)
            \(notices.isEmpty ? "<div class=\"empty\"><p>\(wording(.noticesEmpty))</p></div>" as HTML : list)
            \(pages)</div>
            """
        }.response()
    }

    private var list: HTML { "<ul class=\"notices\">\(notices.map(line))</ul>" }

    private func line(_ notice: NoticeView) -> HTML {
        let number = notice.number.description
        let place: Link = "/desk/tickets/\(number)"
        let mark: HTML? = notice.isRead ? nil : "<span class=\"badge state-new\">\(wording(.noticesUnread))</span>"
        return """
            <li><div class="row"><strong>\(wording(.notice, notice.kind.rawValue))</strong>\(mark)\
            <time class="muted" datetime="\(notice.at.rfc3339)">\(wording.dateAndTime(notice.at, in: zone))</time></div>
            <a href="\(place)">\(number)</a> <span dir="auto">\(notice.subject)</span></li>
            """
    }

    /// Marks what there is as read: also what is about tickets that are out of sight, which the head counts too.
    private var marking: HTML? {
        let isShown = notices.contains { !$0.isRead }
        // What comes after the page was made has not been seen.
        let newest = [notices.first { !$0.isRead }?.id, agent.visit.unread?.newest].compactMap(\.self).max()
        guard isFirst, let newest else { return nil }
        let outOfSight: HTML? = isShown || hasMore ? nil : "<p class=\"muted\">\(wording(.noticesOutOfSight))</p>"
        return """
            \(outOfSight)<form method="post" action="/desk/notices/read">\(agent.visit.formToken)\
            <input type="hidden" name="through" value="\(newest)">\
            <button class="button button-secondary" type="submit">\(wording(.noticesMarkRead))</button></form>
            """
    }

    private var pages: HTML? {
        guard hasMore || !isFirst else { return nil }
        let first: HTML? = isFirst ? nil : "<a href=\"/desk/notices\">\(wording(.previousPage))</a>"
        let next: HTML? = notices.last.flatMap { last in
            let place: Link = "/desk/notices?before=\(last.id)"
            return hasMore ? "<a rel=\"next\" href=\"\(place)\">\(wording(.nextPage))</a>" : nil
        }
        return "<nav class=\"pagination\" aria-label=\"\(wording(.pagesLabel))\">\(first)\(next)</nav>"
    }
}
