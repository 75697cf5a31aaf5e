import DeskSuppliers
import JSON
import Testing

@Suite("What a list of trouble tickets is asked for")
struct TroubleTicketQueryTests {
    private static let tickets: [JSON] = [
        [
            "id": "1", "status": "pending", "creationDate": "2026-03-01T10:00:00Z", "severity": "minor",
            "note": [["author": "NOC"]], "@type": "TroubleTicket",
        ],
        ["id": "2", "status": "resolved", "creationDate": "2026-03-02T10:00:00+02:00", "severity": "extensive"],
        ["id": "3", "status": "pending", "creationDate": "2026-03-03T10:00:00Z", "priority": "high"],
    ]

    private func ids(_ pairs: [(name: String, value: String)]) throws -> [String] {
        let query = try TroubleTicketQuery(pairs)
        return query.page(of: query.selected(from: Self.tickets)).compactMap { $0["id"]?.string }
    }

    @Test("Attributes are compared, times by when they are")
    func conditions() throws {
        #expect(try ids([("status", "pending")]) == ["1", "3"])
        #expect(try ids([("status", "pending,resolved"), ("severity", "extensive")]) == ["2"])
        #expect(try ids([("creationDate.gt", "2026-03-02T08:00:00Z")]) == ["3"])
        #expect(try ids([("creationDate.gte", "2026-03-02T08:00:00Z"), ("creationDate.lt", "2026-03-03")]) == ["2"])
        #expect(try ids([("note.author", "NOC")]) == ["1"])
        #expect(try ids([("status", "nothing")]) == [])
    }

    @Test("A filter compares the elements of a list, or the ticket itself")
    func filter() throws {
        #expect(try ids([("filter", "note[?(@.author=='NOC')]")]) == ["1"])
        #expect(try ids([("filter", #"$[?(@.status == "resolved")]"#)]) == ["2"])
        #expect(try ids([("filter", "$[?(@.creationDate>=2026-03-03)]")]) == ["3"])
        #expect(try ids([("filter", "$[?(@.status!='pending')]")]) == ["2"])
    }

    @Test("Lists are sorted by members either way, what is absent last, and cut into pages")
    func order() throws {
        #expect(try ids([("sort", "-creationDate")]) == ["3", "2", "1"])
        #expect(try ids([("sort", "status,-id")]) == ["3", "1", "2"])
        #expect(try ids([("sort", "priority")]) == ["3", "1", "2"])
        #expect(try ids([("offset", "1"), ("limit", "1")]) == ["2"])
        #expect(try ids([("offset", "7")]) == [] && ids([("limit", "0")]) == [])
        #expect(try TroubleTicketQuery([("limit", "5000")]).limit == TroubleTicketQuery.mostLimit)
    }

    @Test("No more members are shown than are asked for, and those that are always there")
    func fields() throws {
        let shown = try TroubleTicketQuery([("fields", "severity,nothing")]).shown(Self.tickets[0])
        #expect(shown == ["id": "1", "severity": "minor", "@type": "TroubleTicket"])
        #expect(try TroubleTicketQuery([]).shown(Self.tickets[0]) == Self.tickets[0])
    }

    @Test(
        "What cannot be answered is refused",
        arguments: [
            ("offset", "-1"), ("limit", "many"), ("status", ""), ("filter", "note[?(@.author=~/x/i)]"), ("after", "x"),
            ("1=1", "1"), ("filter", "a[0]"),
        ])
    func refused(name: String, value: String) {
        #expect(throws: TroubleTicketError.self) { _ = try TroubleTicketQuery([(name, value)]) }
    }
}
