import Desk
public import DeskStore
public import HTTP
import ICalendar
import Moments
import Postgres
public import Runtime
import TimeZones

/// Asks the feeds that calendars take holidays from, each once a day. Any number of copies share the work; none is
/// special.
public struct HolidayWatch: Service {
    public let name = "holidays"
    private let store: DeskStore
    private let client: HTTPClient
    private let log: Log

    /// How long a feed is left alone after an answer, and after none.
    static let interval = Duration.seconds(86_400)
    static let retry = Duration.seconds(3600)
    /// No other copy asks a feed that was claimed within this time.
    static let lease = Duration.seconds(300)
    static let nap = Duration.seconds(60)
    /// Holidays are taken so many years ahead: rules of feeds go on for ever.
    static let years = 10

    /// - Parameter client: with rules for outbound calls, because people write the addresses of feeds.
    public init(_ store: DeskStore, client: HTTPClient, log: Log) {
        (self.store, self.client, self.log) = (store, client, log)
    }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                while !stop.isRaised, try await refreshOne() {}
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                log.warning("holiday feeds wait for the database", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.nap) }
        }
    }

    /// Refreshes one feed that is due; false if none is.
    public func refreshOne() async throws -> Bool {
        guard let feed = try await store.claimHolidayFeed(for: Self.lease) else { return false }
        do {
            let response = try await ask(feed)
            switch response.status {
            case .notModified: try await store.confirm(feed, next: store.timekeeper.now + Self.interval)
            case .ok: try await take(response, of: feed)
            default: throw FeedFault(description: "the server answered \(response.status)")
            }
        } catch let error as HTTPClientError {
            try await refuse(feed, because: "\(error)")
        } catch let fault as FeedFault {
            try await refuse(feed, because: fault.description)
        }
        return true
    }

    private func ask(_ feed: HolidayFeed) async throws -> Response {
        guard let address = WebAddress(feed.url) else {
            throw FeedFault(description: "\"\(feed.url)\" is no address that can be called")
        }
        var fields: Fields = [.userAgent: "Meridian", .accept: "text/calendar"]
        // What an address before this one said about its answer is not kept, so this is about the last good answer.
        if let tag = feed.entityTag { fields[.ifNoneMatch] = tag }
        if let date = feed.lastModified { fields[.ifModifiedSince] = date }
        return try await client.send(
            Request(.get, to: address, fields: fields), within: .seconds(30), upTo: HolidayFile.Limits().bytes)
    }

    private func take(_ response: Response, of feed: HolidayFeed) async throws {
        let file = try await read(response, of: feed)
        let remark = file.faults.first.map { first in
            "\(first)" + (file.faults.count > 1 ? ", and \(file.faults.count - 1 + file.omittedFaults) more" : "")
        }
        let answer = HolidayAnswer(
            days: file.days.map(\.date), entityTag: response.fields[.entityTag],
            lastModified: response.fields[.lastModified], remark: remark)
        let verdict = try await store.take(answer, of: feed, next: store.timekeeper.now + Self.interval)
        switch verdict {
        case .same: break
        case .taken(let new, let gone):
            log.info(
                "a calendar has other holidays from now on",
                [
                    "calendar": .string(feed.calendar), "new": .string(new.map(\.description).joined(separator: " ")),
                    "gone": .string(gone.map(\.description).joined(separator: " ")),
                ])
        case .kept(let reason):
            log.warning(
                "a holiday feed is not taken", ["calendar": .string(feed.calendar), "reason": .string(reason)])
        }
        if let remark {
            log.warning(
                "parts of a holiday feed are left out",
                ["calendar": .string(feed.calendar), "reason": .string(remark)])
        }
    }

    private func read(_ response: Response, of feed: HolidayFeed) async throws -> HolidayFile {
        guard let definition = try await store.directory().organisation.calendars[feed.calendar] else {
            throw FeedFault(description: "the calendar is gone")
        }
        let zone = try store.zones.zone(definition.zone)
        let today = zone.local(at: store.timekeeper.now).date
        return HolidayFile(response.body.bytes, in: zone, from: today, through: today.adding(days: 366 * Self.years))
    }

    private func refuse(_ feed: HolidayFeed, because reason: String) async throws {
        log.warning(
            "a holiday feed cannot be read",
            ["calendar": .string(feed.calendar), "url": .string(feed.url), "reason": .string(reason)])
        try await store.refuse(feed, because: reason, next: store.timekeeper.now + Self.retry)
    }
}

private struct FeedFault: Error, CustomStringConvertible {
    let description: String
}
