import Desk
import DeskStore
import Moments
import TimeZones

/// The documents that were in force, one after the other.
struct Documents {
    private var applied: [Applied] = []
    /// By calendar, the days that its feed has added to it.
    private var feeds: [String: Set<CivilDate>] = [:]

    /// A document from an instant on, with its calendars as they count.
    struct Applied {
        let at: Moment
        let organisation: Organisation
        fileprivate let calendars: [String: BusinessCalendar]
    }

    /// The first one.
    var first: Organisation? { applied.first?.organisation }
    /// The one in force now.
    var organisation: Organisation? { applied.last?.organisation }

    mutating func add(_ organisation: Organisation, at moment: Moment, _ zones: TimeZones) throws {
        feeds = feeds.filter { organisation.calendars[$0.key]?.holidayFeed != nil }
        let calendars = try organisation.calendars.map { code, calendar in
            let calendar = calendar.counting(feed: feeds[code, default: []])
            return (code, BusinessCalendar(calendar, in: try zones.zone(calendar.zone)))
        }
        add(organisation, Dictionary(uniqueKeysWithValues: calendars), at: moment)
    }

    /// A feed has given a calendar other days.
    mutating func take(_ days: Set<CivilDate>, of calendar: String, at moment: Moment, _ zones: TimeZones) throws {
        guard let organisation else { return }
        feeds[calendar] = days
        try add(organisation, at: moment, zones)
    }

    /// The days that a feed has given its calendar.
    func days(of calendar: String) -> Set<CivilDate> { feeds[calendar, default: []] }

    private mutating func add(
        _ organisation: Organisation, _ calendars: [String: BusinessCalendar], at moment: Moment
    ) {
        applied.append(Applied(at: moment, organisation: organisation, calendars: calendars))
    }

    func inForce(at moment: Moment) -> Applied {
        guard let found = applied.last(where: { $0.at <= moment }) ?? applied.first else {
            preconditionFailure("a desk has a document before it has a ticket")
        }
        return found
    }
}

/// The hours by which a clock counts.
enum Hours {
    case all
    case calendar(BusinessCalendar)

    /// What counts between two instants, in microseconds.
    func elapsed(from start: Moment, to end: Moment) -> Int64 {
        switch self {
        case .all: end.duration(since: start).wholeMicroseconds
        case .calendar(let calendar): calendar.elapsed(from: start, to: end)
        }
    }
}

extension Documents.Applied {
    /// - Parameters:
    ///   - home: the requester's home site, where he has one.
    ///   - dated: the document whose hours count, where they are not those of this one.
    func hours(
        for target: Target, of ticket: Ticket, at home: SiteID?, _ directory: Directory,
        as dated: Documents.Applied? = nil
    ) -> Hours? {
        let place = ticket.responsibility.place
        let local =
            organisation.site(directory.code(of: place.site)) ?? organisation.site(directory.code(of: ticket.origin))
        let team = organisation.team(directory.teams.code(of: place.team))
        let code: String?
        switch target.calendar {
        case .holder: code = team?.calendar ?? local?.calendar
        case .origin: code = organisation.site(directory.code(of: ticket.origin))?.calendar
        case .requester:
            code = organisation.site(directory.code(of: home ?? ticket.origin))?.calendar
        case .agreement(let named): code = named
        case .always: return .all
        }
        return code.flatMap { (dated ?? self).calendars[$0] }.map { .calendar($0) }
    }
}
