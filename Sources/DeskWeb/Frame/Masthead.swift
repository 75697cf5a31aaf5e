import Catalogue
import Desk
import DeskStore
import HTML

/// The head of every page: the brand, the main menu by what the visitor may do, language, appearance and session.
struct Masthead {
    let visit: Visit
    let area: Page.Area?

    private var wording: Wording { visit.wording }

    var html: HTML {
        """
        <header class="masthead"><div class="masthead-inner">
        <a class="brand" href="\(home)">\(Self.mark)<span>\(wording(.deskName))</span></a>
        <nav class="nav" aria-label="\(wording(.mainNavigation))">\(places)</nav>
        <div class="masthead-tools">\(languages)\(themes)\(session)</div>
        </div></header>
        """
    }

    private var home: Link { area == .suppliers ? visit.website.suppliersLink : visit.website.portalLink }

    private var places: [HTML] {
        if area == .suppliers { return [place(.suppliers, visit.website.suppliersLink, .supplierPortalTitle)] }
        var places: [HTML] = []
        let isAgent = visit.rights.map(Agent.includes) ?? false
        let hasKnowledge = visit.modules.contains(.knowledge)
        if isAgent { places.append(place(.queue, visit.website.queueLink, .navQueue)) }
        if isAgent, hasKnowledge { places.append(place(.articles, visit.website.articlesLink, .navArticles)) }
        if visit.rights.map(Overseer.includes) ?? false {
            places.append(place(.notices, visit.website.noticesLink, .noticesTitle, unread))
            places.append(place(.mail, visit.website.mailLink, .navMail))
        }
        if visit.rights.map(Manager.includes) ?? false {
            places.append(place(.report, visit.website.reportsLink, .navReport))
        }
        places.append(place(.portal, visit.website.portalLink, .navPortal))
        if hasKnowledge, !isAgent { places.append(place(.help, visit.website.helpLink, .navHelp)) }
        return places
    }

    private func place(_ place: Page.Area, _ link: Link, _ phrase: Catalogue.Phrase, _ count: HTML? = nil) -> HTML {
        let current = place == area ? "page" : nil
        return "<a href=\"\(link)\"\(attribute: "aria-current", current)>\(wording(phrase))\(count)</a>"
    }

    /// How many notices wait: the figure to see, the words to hear.
    private var unread: HTML? {
        guard let unread = visit.unread else { return nil }
        let count = min(unread.count, UnreadNotices.most - 1)
        let isMore = unread.count > count
        let words = wording(isMore ? .noticesUnreadMany : .noticesUnreadCount, ["count": count])
        return """
             <span class="nav-count" aria-hidden="true">\(wording.number(count))\(isMore ? "+" : "")</span>\
            <span class="visually-hidden">(\(words))</span>
            """
    }

    private var languages: HTML {
        let choices = Language.allCases.map { language -> HTML in
            let link = visit.here.adding(query: ["language": language.tag])
            let current = language == wording.language ? "true" : nil
            return """
                <a href="\(link)" lang="\(language.tag)" hreflang="\(language.tag)"\(attribute: "aria-current", current)>\
                \(language.ownName)</a>
                """
        }
        return menu(wording(.language), shown: wording.language.ownName, choices)
    }

    private var themes: HTML {
        let choices = Theme.allCases.map { theme -> HTML in
            let link = visit.here.adding(query: ["theme": theme.rawValue])
            let current = theme == visit.theme ? "true" : nil
            return "<a href=\"\(link)\"\(attribute: "aria-current", current)>\(wording(theme.phrase))</a>"
        }
        return menu(nil, shown: wording(.theme), choices)
    }

    private func menu(_ name: String?, shown: String, _ choices: [HTML]) -> HTML {
        let hidden: HTML? = name.map { "<span class=\"visually-hidden\">\($0): </span>" }
        return """
            <details class="menu"><summary>\(hidden)\(shown)</summary><div class="menu-list">\(choices)</div></details>
            """
    }

    private var session: HTML? {
        if area == .suppliers {
            return visit.supplierAddress.map { signedIn(as: $0, out: "\(Website.suppliers)/sign-out") }
        }
        guard let person = visit.person else {
            return "<a href=\"\(visit.signInLink)\">\(wording(.signInTitle))</a>"
        }
        return signedIn(as: person.name, out: "/sign-out")
    }

    private func signedIn(as name: String, out place: Link) -> HTML {
        """
        <details class="menu"><summary><span class="visually-hidden">\
        \(wording(.signedInAs, ["name": ""]))</span><bdi>\(name)</bdi></summary><div class="menu-list">
        <form method="post" action="\(place)">\(visit.formToken)<button type="submit">\(wording(.signOut))\
        </button></form></div></details>
        """
    }

    /// The shapes of the icon, in the colours of the masthead.
    private static let mark: HTML = """
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true"><g class="globe"><circle cx="16" cy="17" r="12.5"/>\
        <path d="M16 4.5v25M16 4.5c-8 6.5-8 18.5 0 25M16 4.5c8 6.5 8 18.5 0 25" stroke-linecap="round"/></g>\
        <circle class="noon" cx="16" cy="4.5" r="4"/></svg>
        """
}
