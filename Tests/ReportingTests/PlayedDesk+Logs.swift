import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport

@testable import Reporting

extension PlayedDesk {
    /// Writes down the figures of tickets from their logs, without the tickets.
    func count(logs: [[RecordedEvent]]) async throws {
        for (place, log) in logs.enumerated() {
            let ticket = TicketID(Int64(place + 1))
            let summary = CountedSummary(
                try TicketSummary(of: ticket, log: log), of: ticket, hours: hours)
            try await TestDatabase.current.transaction { (transaction: borrowing Transaction) in
                _ = try await transaction.pipeline(summary.insertions)
            }
        }
    }

    /// The organisation of the tests with the rates of the cases that were worked out by hand.
    static func withRates() async throws -> PlayedDesk {
        let organisation = try TestDesk.organisation { document in
            document["rates"] = [
                "currency": "EUR",
                "tiers": [
                    ["tier": 1, "per_hour": 30, "from": "2026-01-01"],
                    ["tier": 1, "per_hour": 36, "from": "2026-03-09"],
                    ["tier": 2, "per_hour": 54, "from": "2026-01-01"],
                    ["tier": 3, "per_hour": 78, "from": "2026-01-01"],
                ],
                "suppliers": [["supplier": "fjordnett", "per_hour": 90, "from": "2026-01-01"]],
            ]
        }
        let desk = try TestDesk()
        _ = try await desk.store.apply(organisation, by: "the tests")
        return try await PlayedDesk()
    }
}
