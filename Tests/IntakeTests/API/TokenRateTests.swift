import Desk
import DeskStore
import DeskTestSupport
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("What a token allows in a minute", .database(template: TestDesk.template))
struct TokenRateTests {
    private let limit: FieldName = "RateLimit"
    private let policy: FieldName = "RateLimit-Policy"

    @Test("Two gateways at once grant exactly the quota of a token, and after a second as many as a second has")
    func shared() async throws {
        let gateway = try await TestGateway()
        let token = try await TestGateway.makeToken(scopes: ["tickets:read"], rate: 60)
        let second = TestGateway.router(gateway.desk.store, keys: gateway.keys, secrets: gateway.secrets)
        let request = Request(.get, "/api/v1/macros", fields: [.authorization: "Bearer \(token)"])
        // Eight programs at a time: more would wait for the pool of a busy machine, and be told so with 503.
        func flood(_ count: Int) async -> [Status: Int] {
            await withTaskGroup(of: [Status].self) { group in
                for program in 0..<8 {
                    let router = program.isMultiple(of: 2) ? gateway.router : second
                    group.addTask {
                        var answers: [Status] = []
                        for _ in stride(from: program, to: count, by: 8) {
                            answers.append(await router.respond(to: request).status)
                        }
                        return answers
                    }
                }
                return await group.reduce(into: [:]) { counts, answers in
                    for answer in answers { counts[answer, default: 0] += 1 }
                }
            }
        }
        // In turns until both have given out what they hold.
        let answers = [await flood(60), await flood(60), await flood(60)]
        #expect(answers.reduce(0) { $0 + ($1[.ok] ?? 0) } == 60, "\(answers)")
        #expect(answers.reduce(0) { $0 + ($1[.tooManyRequests] ?? 0) } == 120, "\(answers)")
        gateway.desk.time.advance(by: .seconds(5))
        // What one has borrowed may come when its last request has been refused; the next to ask gets it.
        let refilled = [await flood(60), await flood(60)]
        #expect(refilled.reduce(0) { $0 + ($1[.ok] ?? 0) } == 5, "\(refilled)")
        gateway.desk.time.advance(by: .seconds(3600))
        let rested = [await flood(60), await flood(60)]
        #expect(rested.reduce(0) { $0 + ($1[.ok] ?? 0) } == 60, "\(rested)")
    }

    @Test("Every answer tells the quota and what is left of it, a refusal too; beyond it the answer is a problem")
    func fields() async throws {
        let gateway = try await TestGateway()
        let token = try await TestGateway.makeToken(scopes: ["tickets:read"], rate: 2)
        let fields: Fields = [.authorization: "Bearer \(token)"]
        let first = await gateway.send(.get, "/api/v1/macros", fields: fields)
        #expect(first.status == .ok && first.fields[policy] == "\"token\";q=2;w=60")
        #expect(first.fields[limit] == "\"token\";r=1;t=30")
        let missing = await gateway.send(.get, "/api/v1/tickets/OSL-99999", fields: fields)
        #expect(missing.status == .notFound && missing.fields[limit] == "\"token\";r=0;t=60")
        let refused = await gateway.send(.get, "/api/v1/macros", fields: fields)
        #expect(refused.status == .tooManyRequests && refused.fields[.retryAfter] == "30", "\(refused.text)")
        #expect(refused.fields[limit] == "\"token\";r=0;t=30" && refused.fields[policy] == "\"token\";q=2;w=60")
        #expect(refused.fields[.contentType] == "application/problem+json")
        #expect(
            refused.document["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
                && refused.document["violated-policies"] == ["token"])
        gateway.desk.time.advance(by: .seconds(30))
        #expect(await gateway.send(.get, "/api/v1/macros", fields: fields).status == .ok)
        #expect(await gateway.send(.get, "/api/v1/macros").status == .ok, "another token has a quota of its own")
    }

    @Test("A token without a rate of its own has that of the gateway; when it was used is kept")
    func standard() async throws {
        let gateway = try await TestGateway()
        let router = TestGateway.router(gateway.desk.store, keys: gateway.keys, secrets: gateway.secrets, rate: 7)
        let request = Request(.get, "/api/v1/macros", fields: [.authorization: "Bearer \(gateway.token)"])
        let operating = try TestDesk()
        #expect(try await operating.store.tokens().first?.usedAt == nil)
        #expect(await router.respond(to: request).fields[policy] == "\"token\";q=7;w=60")
        #expect(try await operating.store.tokens().first?.usedAt == gateway.desk.time.now)
        let document = await gateway.send(.get, "/api/openapi.json").document
        let responses = document["paths"]?["/api/v1/macros"]?["get"]?["responses"]
        #expect(responses?["200"]?["headers"]?["RateLimit"] != nil && responses?["429"] != nil)
        #expect(document["components"]?["responses"]?["429"]?["headers"]?["Retry-After"] != nil)
    }
}
