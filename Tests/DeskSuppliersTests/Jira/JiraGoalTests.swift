import Desk
import DeskSuppliers
import JSON
import Testing

@Suite("Where an issue of Jira is moved")
struct JiraGoalTests {
    private static let mapping = Supplier.Jira.mapping

    private static func way(_ name: String, _ category: String, needs field: String? = nil) throws -> JiraTransition {
        let fields = field.map { #","fields":{"\#($0)":{"required":true,"allowedValues":[{"name":"Done"}]}}"# } ?? ""
        let json = #"{"id":"1","to":{"name":"\#(name)","statusCategory":{"key":"\#(category)"}}\#(fields)}"#
        return try #require(JiraTransition(reading: try JSON.parse(json.utf8)))
    }

    @Test(
        "A status by its name comes first, then one that means it, then any of its category",
        arguments: [
            (SupplierMessage.Kind.withdrawal, ["Done/done", "canceled/done"], "canceled"),
            (.withdrawal, ["Done/done", "Declined/done"], "Declined"), (.withdrawal, ["Work/indeterminate"], nil),
            (.withdrawal, ["Over/done"], "Over"), (.reopening, ["Backlog/new", "Work/indeterminate"], "Work"),
            (.reopening, ["Waiting for customer/indeterminate", "Backlog/new"], "Backlog"),
            (.reopening, ["Closed/done"], nil), (.answer, ["Waiting for customer/indeterminate"], nil),
            (.answer, ["Support/indeterminate"], "Support"), (.closure, ["Closed/done"], "Closed"),
            (.closure, ["Over/done"], nil),
        ] as [(SupplierMessage.Kind, [String], String?)])
    func choice(kind: SupplierMessage.Kind, ways: [String], name: String?) throws {
        let goal = try #require(JiraGoal(kind, in: Self.mapping))
        let transitions = try ways.map { way in
            let parts = way.split(separator: "/").map(String.init)
            return try Self.way(parts[0], parts[1])
        }
        #expect(goal.choice(among: transitions, in: Self.mapping)?.status == name)
    }

    @Test("A way that needs what we do not have is none; a resolution is given along")
    func fields() throws {
        let goal = try #require(JiraGoal(.withdrawal, in: Self.mapping))
        #expect(goal.choice(among: [try Self.way("Over", "done", needs: "customfield_1")], in: Self.mapping) == nil)
        let way = try Self.way("Over", "done", needs: "resolution")
        #expect(goal.choice(among: [way], in: Self.mapping) == way)
        #expect(goal.json(way, in: Self.mapping)["fields"]?["resolution"]?["name"] == "Done")
        #expect(goal.json(try Self.way("Over", "done"), in: Self.mapping)["fields"] == nil)
    }

    @Test("A way that cannot be gone is none")
    func unavailable() throws {
        let json = #"{"id":"1","isAvailable":false,"to":{"name":"Over"}}"#
        #expect(JiraTransition(reading: try JSON.parse(json.utf8)) == nil)
    }

    @Test("Words alone ask for no status", arguments: [SupplierMessage.Kind.referral, .question, .note, .change])
    func none(kind: SupplierMessage.Kind) { #expect(JiraGoal(kind, in: Self.mapping) == nil) }
}
