import Desk
import JSON
import Testing
import TimeZones

@Suite("The rates of an organisation")
struct RatesTests {
    private func organisation(rates: JSON?) throws -> Organisation {
        try ExampleOrganisation.read(
            Mutation(tokens: ["rates"], value: rates).apply(to: ExampleOrganisation.document()))
    }

    private func faults(rates: JSON) -> [String] {
        do {
            _ = try organisation(rates: rates)
            return []
        } catch {
            return (error as? JSONFaults)?.list.map(\.description) ?? ["\(error)"]
        }
    }

    @Test("A rate holds until the day before the next one of the same tier or supplier, or until its last day")
    func validity() throws {
        let rates: JSON = [
            "currency": "EUR",
            "tiers": [
                ["tier": 1, "per_hour": 38.5, "from": "2026-01-01"], ["tier": 1, "per_hour": 36, "from": "2025-01-01"],
                ["tier": 2, "per_hour": 54, "from": "2025-07-01", "until": "2025-12-31"],
            ],
            "suppliers": [["supplier": "fjordnett", "per_hour": 0.05, "from": "2025-01-01"]],
        ]
        let organisation = try organisation(rates: rates)
        let read = try #require(organisation.rates)
        #expect(read.inForce.map(\.rate.perHour) == [3850, 3600, 5400, 5])
        #expect(read.inForce.map { $0.last?.description } == [nil, "2025-12-31", "2025-12-31", nil])
        #expect(organisation.json["rates"] == rates)
        #expect(try self.organisation(rates: nil).rates == nil)
        #expect(try self.organisation(rates: nil).json["rates"] == nil)
    }

    @Test("What is wrong with rates is told with its place, all of it at once")
    func faults() {
        let wrong = faults(rates: [
            "currency": "euro",
            "tiers": [["tier": 1, "per_hour": -1, "from": "yesterday"], ["tier": 1, "per_hour": 1.005]],
            "suppliers": [["supplier": "nobody", "per_hour": 1, "from": "2026-02-30", "for": "ever"]],
        ])
        for place in [
            "/rates/currency", "/rates/tiers/0/per_hour", "/rates/tiers/0/from", "/rates/tiers/1/per_hour",
            "/rates/tiers/1/from", "/rates/suppliers/0/supplier", "/rates/suppliers/0/from", "/rates/suppliers/0/for",
        ] {
            #expect(wrong.contains { $0.contains(place) }, "\(place) in \(wrong)")
        }
    }

    @Test("Two rates for one day, a last day before the first, and a tier that is not there are refused")
    func contradictions() {
        let wrong = faults(rates: [
            "currency": "EUR",
            "tiers": [
                ["tier": 1, "per_hour": 1, "from": "2026-01-01", "until": "2026-06-30"],
                ["tier": 1, "per_hour": 2, "from": "2026-06-30"], ["tier": 1, "per_hour": 3, "from": "2026-06-30"],
                ["tier": 2, "per_hour": 1, "from": "2026-02-01", "until": "2026-01-31"],
                ["tier": 9, "per_hour": 1, "from": "2026-01-01"],
            ],
        ])
        #expect(wrong.count == 4, "\(wrong)")
        for place in ["/rates/tiers/1/from", "/rates/tiers/2/from", "/rates/tiers/3/until", "/rates/tiers/4/tier"] {
            #expect(wrong.contains { $0.contains(place) }, "\(place) in \(wrong)")
        }
    }
}
