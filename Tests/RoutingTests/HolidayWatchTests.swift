import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Moments
import PostgresTestSupport
import Routing
import Runtime
import Sockets
import Synchronization
import Testing
import TimeZones

@Suite("Asking the feeds of holidays", .database(template: TestDesk.template))
struct HolidayWatchTests {
    /// What the server of the feed says to the first, the second, … question.
    private final class Feed: Sendable {
        let asked = Questions()
        let server: HTTPServer

        init(_ answers: [Response]) throws {
            let asked = asked
            let endpoint = Endpoint<Void>(.get, "/days.ics") { (request: Request, _: Void) in
                answers[min(asked.note(request.fields), answers.count - 1)]
            }
            server = HTTPServer(
                try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)), router: Router(Door(endpoints: [endpoint])),
                loops: TestDatabase.loops)
        }
    }

    /// The header fields of each question.
    private final class Questions: Sendable {
        private let fields = Mutex<[Fields]>([])

        var all: [Fields] { fields.withLock(\.self) }

        /// Notes a question, and says how many there were before.
        func note(_ question: Fields) -> Int {
            fields.withLock { fields in
                fields.append(question)
                return fields.count - 1
            }
        }
    }

    private func calendar(_ days: [String], tag: String = "\"a\"") -> Response {
        let events = days.map { "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:\($0)\r\nEND:VEVENT\r\n" }
        return Response(
            .ok, type: "text/calendar", bytes: Array("BEGIN:VCALENDAR\r\n\(events.joined())END:VCALENDAR\r\n".utf8),
            fields: [.entityTag: tag])
    }

    /// Answers once to each of the questions that the watch asks, an hour and a day apart, and tells how the feed is
    /// kept after each.
    private func keep(_ answers: [Response], allowing blocks: [String] = ["127.0.0.1/32"]) async throws -> (
        feeds: [HolidayFeed], asked: [Fields], desk: TestDesk
    ) {
        let feed = try Feed(answers)
        let desk = try TestDesk(as: "meridian_routing")
        let address = "http://127.0.0.1:\(feed.server.address.port ?? 0)/days.ics"
        let document = try TestDesk.exampleOrganisation().json.text
            .replacing(#""oslo-office":{"#, with: #""oslo-office":{"holidays_from":"\#(address)","#)
        let organisation = try Organisation(json: JSON.parse(document)) { try TestDesk.zones.zone($0) }
        _ = try await TestDesk().store.apply(organisation, by: "the tests")
        let client = HTTPClient(
            loops: TestDatabase.loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: OutboundRules(allowing: blocks.compactMap { CIDR($0) }))
        let watch = HolidayWatch(desk.store, client: client, log: .silent)
        let stop = StopSignal()
        let server = feed.server
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await server.run(until: stop) }
            var feeds: [HolidayFeed] = []
            for _ in answers {
                #expect(try await watch.refreshOne())
                #expect(try await !watch.refreshOne())
                feeds += try await desk.store.holidayFeeds()
                desk.time.advance(by: .seconds(86_400))
            }
            stop.raise()
            try await group.waitForAll()
            return (feeds, feed.asked.all, desk)
        }
    }

    @Test("A good answer is taken and asked for by its tag; bad ones are told and never take a holiday away")
    func life() async throws {
        let (feeds, asked, desk) = try await keep([
            calendar(["20260312", "20260313"]), Response(.notModified), Response(.badGateway, text: "down"),
            Response(.ok, html: "<html>Moved!</html>"), calendar(["20260312"], tag: "\"b\""), calendar([]),
            calendar(["20260313", "20260312", "20260316"], tag: "\"c\""),
        ])
        #expect(feeds.map { $0.fault == nil } == [true, true, false, false, false, false, true])
        #expect(feeds[2].fault?.contains("502") == true)
        #expect(feeds[4].fault?.contains("1 days to come where it named 2") == true)
        #expect(feeds.map(\.days.count) == [2, 2, 2, 2, 2, 2, 3])
        #expect(asked.map { $0[.ifNoneMatch] } == [nil] + Array(repeating: "\"a\"", count: 6))
        let directory = try await desk.store.directory()
        for (day, isOpen) in [("2026-03-12", false), ("2026-03-16", false), ("2026-03-17", true)] {
            let noon = try #require(Moment(rfc3339: "\(day)T11:00:00Z"))
            #expect(directory.isOpen("oslo-office", at: noon) == isOpen)
        }
    }

    @Test("What is bad in a feed is told with its line, and the rest of it counts")
    func remark() async throws {
        let (feeds, _, _) = try await keep([calendar(["20260312", "20260230"])])
        #expect(feeds[0].days.count == 1 && feeds[0].fault?.contains("line 6") == true)
    }

    @Test("An address inside the house is not called unless the operator allows it")
    func privateAddress() async throws {
        let (feeds, asked, _) = try await keep([calendar(["20260312"])], allowing: [])
        #expect(asked.isEmpty && feeds[0].days.isEmpty)
        #expect(feeds[0].fault?.contains("MERIDIAN_OUTBOUND_ALLOW") == true)
    }
}
