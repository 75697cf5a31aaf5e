import Foundation
import HTTP
import JSON
import Moments
import PostgresTestSupport
import Runtime
import ServiceNowTestSupport
import SupplierTestSupport
import Testing

/// The instance that connectors are examined with behaves as the real ones are known to.
@Suite("A ServiceNow instance for tests")
struct ServiceNowInstanceTests {
    private static func instance(_ traits: ServiceNowInstance.Traits = .init()) throws -> ServiceNowInstance {
        try ServiceNowInstance(
            traits: traits, time: ManualTime(Moment(seconds: 1_453_471_957)), loops: TestDatabase.loops)
    }

    private static let table = "/api/now/v2/table/incident"
    private static let basic = Data("desk.integration:their-password".utf8).base64EncodedString()

    private static func ask(
        _ instance: ServiceNowInstance, _ method: HTTP.Method, _ target: String, _ body: String? = nil,
        as credentials: String = "Basic \(basic)"
    ) throws -> (response: Response, json: JSON) {
        let json: Fields = [
            .authorization: credentials, .accept: "application/json", .contentType: "application/json",
        ]
        let response = instance.answer(
            Request(method, target, fields: json, body: body.map { RequestBody(Array($0.utf8)) } ?? .empty))
        return (response, (try? JSON.parse(response.text)) ?? .null)
    }

    private static func created(on instance: ServiceNowInstance, correlation: String = "x-1") throws -> String {
        let body = #"{"short_description":"Printer","impact":1,"urgency":"1","correlation_id":"\#(correlation)"}"#
        let (response, json) = try ask(instance, .post, table, body)
        #expect(response.status.code == 201 && json["result"]?["number"]?.string?.hasPrefix("INC") == true)
        #expect(json["result"]?["impact"] == "1" && json["result"]?["priority"] == "1", "every value is a text")
        return try #require(json["result"]?["sys_id"]?.string)
    }

    @Test("A token is asked for, holds for a while, and is refused after that")
    func tokens() throws {
        let time = ManualTime(Moment(seconds: 1_453_471_957))
        var traits = ServiceNowInstance.Traits()
        traits.tokenLifetime = 60
        let instance = try ServiceNowInstance(traits: traits, time: time, loops: TestDatabase.loops)
        func token(_ secret: String) throws -> JSON {
            let form = "grant_type=client_credentials&client_id=desk&client_secret=\(secret)"
            let fields: Fields = [.contentType: "application/x-www-form-urlencoded"]
            let request = Request(.post, "/oauth_token.do", fields: fields, body: RequestBody(Array(form.utf8)))
            return try JSON.parse(instance.answer(request).text)
        }
        #expect(try token("wrong")["error"] != nil)
        let answer = try token("their-client-secret")
        let bearer = "Bearer \(answer["access_token"]?.string ?? "")"
        #expect(answer["expires_in"]?.integer == 60)
        #expect(try Self.ask(instance, .get, Self.table, as: bearer).response.status.code == 200)
        time.advance(by: .seconds(61))
        #expect(try Self.ask(instance, .get, Self.table, as: bearer).response.status.code == 401)
    }

    @Test("A condition that it does not understand is passed over, and finds too much")
    func ignoredConditions() throws {
        var traits = ServiceNowInstance.Traits()
        for (isStrict, count) in [(false, 2), (true, 0)] {
            traits.isStrictAboutQueries = isStrict
            let instance = try Self.instance(traits)
            _ = (try Self.created(on: instance), try Self.created(on: instance, correlation: "x-2"))
            func found(_ query: String) throws -> Int? {
                let target = "\(Self.table)?sysparm_query=\(query)"
                return try Self.ask(instance, .get, target).json["result"]?.array?.count
            }
            #expect(try found("correlation_id=x-1") == 1)
            #expect(try found("correlation_id=x-1%5EORcorrelation_id=x-2") == 2)
            #expect(try found("corelation_id=x-1") == count)
            #expect(try found("correlation_id=x-3") == 0)
        }
    }

    @Test("An empty list is 404 in the first version and 200 in the second; long ones have pages")
    func pages() throws {
        var traits = ServiceNowInstance.Traits()
        traits.page = 1
        let instance = try Self.instance(traits)
        #expect(try Self.ask(instance, .get, "/api/now/table/incident").response.status.code == 404)
        #expect(try Self.ask(instance, .get, Self.table).response.status.code == 200)
        _ = (try Self.created(on: instance), try Self.created(on: instance))
        let (response, json) = try Self.ask(instance, .get, "\(Self.table)?sysparm_limit=5")
        #expect(json["result"]?.array?.count == 1 && response.fields["X-Total-Count"] == "2")
        #expect(response.fields["Link"]?.contains("rel=\"next\"") == true)
    }

    @Test("What is written into the journal is read from its own table, never from the incident")
    func journal() throws {
        let instance = try Self.instance()
        let id = try Self.created(on: instance)
        let (_, json) = try Self.ask(instance, .patch, "\(Self.table)/\(id)", #"{"comments":"Hello"}"#)
        #expect(json["result"]?["comments"] == "" && json["result"]?["sys_mod_count"] == "1")
        let target = "/api/now/v2/table/sys_journal_field?sysparm_query=element_id=\(id)%5Eelement=comments"
        let entries = try Self.ask(instance, .get, target).json["result"]?.array
        #expect(entries?.map { $0["value"]?.string } == ["Hello"])
        #expect(entries?.first?["sys_created_by"] == "desk.integration")
    }

    @Test(
        "The data policy refuses what lacks a field, and nothing of it is kept",
        arguments: [
            #"{"state":"6"}"#, #"{"state":"7","close_notes":"x"}"#, #"{"state":"3"}"#,
            #"{"state":"3","hold_reason":"1"}"#,
        ])
    func dataPolicy(body: String) throws {
        let instance = try Self.instance()
        let id = try Self.created(on: instance)
        let (response, json) = try Self.ask(instance, .patch, "\(Self.table)/\(id)", body)
        #expect(response.status.code == 403)
        #expect(json["error"]?["detail"]?.string?.contains("Data Policy") == true)
        #expect(instance.incidents.first?["state"] == "1")
    }

    @Test("A late or cut answer comes after the deed; a proxy may do it twice")
    func afterCommit() throws {
        let instance = try Self.instance()
        instance.misbehave(
            .lateAnswer, .status(429, retryAfter: "7"), .maintenancePage(), .maintenancePage(503), .twice)
        let codes = try (0..<5).map { _ in try Self.ask(instance, .post, Self.table, "{}").response.status.code }
        #expect(codes == [504, 429, 200, 503, 201])
        #expect(instance.incidents.count == 3)
        #expect(try Self.ask(instance, .get, Self.table, as: "Basic x").response.status.code == 401)
    }

    @Test("Attachments are kept as they are sent, and found by the incident")
    func attachments() throws {
        let instance = try Self.instance()
        let id = try Self.created(on: instance)
        let target = "/api/now/attachment/file?table_name=incident&table_sys_id=\(id)&file_name=a.txt"
        let (response, json) = try Self.ask(instance, .post, target, "bytes")
        #expect(response.status.code == 201 && json["result"]?["size_bytes"] == "5")
        let list = try Self.ask(instance, .get, "/api/now/attachment?sysparm_query=table_sys_id=\(id)").json
        #expect(list["result"]?.array?.count == 1)
    }
}
