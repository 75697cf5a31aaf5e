public import Catalogue
public import Desk
public import DeskStore
public import HTML
public import Moments
public import TimeZones

/// Says what there is to say of a ticket, in the language and the time zone of whoever reads.
public struct TicketTeller: Sendable {
    public let view: TicketView
    public let wording: Wording
    public let zone: Zone

    public init(_ view: TicketView, wording: Wording, zone: Zone) {
        (self.view, self.wording, self.zone) = (view, wording, zone)
    }

    public var ticket: Ticket { view.ticket }
    public var number: String { ticket.number.description }

    public func time(_ moment: Moment) -> HTML { time(moment, in: zone) }

    /// An instant as people read it, and for programs exactly.
    public func time(_ moment: Moment, in zone: Zone) -> HTML {
        "<time datetime=\"\(moment.rfc3339)\">\(wording.dateAndTime(moment, in: zone))</time>"
    }

    /// What says on paper which ticket this is, how old the page is, and where there is more.
    ///
    /// - Parameter place: where the page is.
    public func paperHead(_ place: Link, on website: Website) -> HTML {
        let words = wording(
            .printedAsOf,
            ["number": number, "time": wording.dateAndTime(view.asOf, in: zone), "zone": zone.name])
        return "<p class=\"printed\">\(words)<br>\(website.absolute(place).text)</p>"
    }

    public func name(of site: SiteID) -> String { view.directory.site(site)?.name ?? view.directory.code(of: site) }

    public func name(of team: TeamID) -> String {
        view.directory.team(team)?.name ?? view.directory.teams.code(of: team)
    }

    public func name(of supplier: SupplierID) -> String {
        view.directory.supplier(supplier)?.name ?? view.directory.suppliers.code(of: supplier)
    }

    /// A macro by its label; nil where the organisation has none with this code.
    public func name(ofMacro code: String) -> String? {
        view.directory.organisation.automation.macro(code)?.label(in: wording.language.tag)
    }

    /// A party that holds the ticket, by its name.
    public func name(of holder: Holder) -> String {
        switch holder {
        case .team(let place):
            wording(.teamAtSite, ["team": name(of: place.team), "site": name(of: place.site)])
        case .supplier(let supplier): name(of: supplier)
        case .requester: wording(.holder, Holder.Kind.requester.rawValue)
        }
    }

    /// What marks the tickets of people who are served otherwise than most, such as VIP; nil for the others.
    public var mark: HTML? { Self.mark(of: view.requester.personClass) }

    public static func mark(of personClass: String) -> HTML? {
        if personClass == Person.standardClass { return nil }
        return "<span class=\"badge mark-class\">\(personClass.uppercased())</span>"
    }

    public var state: HTML { Self.badge(of: ticket.state, wording) }
    public var priority: HTML { Self.badge(of: ticket.classification.priority, wording) }

    public static func badge(of state: Ticket.State, _ wording: Wording) -> HTML {
        "<span class=\"badge state-\(state.rawValue)\">\(wording(.state, state.rawValue))</span>"
    }

    public static func badge(of priority: Priority, _ wording: Wording) -> HTML {
        "<span class=\"badge priority-\(priority.rawValue)\">\(wording(.priority, priority.rawValue))</span>"
    }
}

extension Website {
    /// The zone of a site, or UTC where this machine does not know it.
    public func zone(of site: SiteID?, in directory: Directory) -> Zone {
        site.flatMap { directory.site($0) }.flatMap { try? store.zones.zone($0.zone) } ?? .utc
    }
}
