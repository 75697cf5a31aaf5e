public import Desk

extension Directory {
    /// The hours of whoever has a ticket: a team's own or those of the site for which it acts, a supplier's by its
    /// contract or else those of the team that answers for the ticket. A requester has none: his time is his own.
    ///
    /// What the organisation document no longer names had the hours of what is left: of the site, or of the first one.
    public func hours(of holder: Holder, at place: Place) -> CalendarHistory? {
        let team = team(place.team)?.calendar ?? site(place.site)?.calendar ?? site(defaultSite)?.calendar ?? ""
        switch holder {
        case .team: return calendars.history(of: team)
        case .supplier(let supplier):
            return calendars.history(of: self.supplier(supplier)?.contract?.calendar ?? team)
        case .requester: return nil
        }
    }
}
