import Desk
import DeskStore
import DeskTestSupport
import Foundation
import HTTP
import JSON
import PostgresTestSupport
import Testing

@Suite("How far an exchange is, asked by another desk", .database(template: TestDesk.template))
struct SupplierStandingTests {
    @Test("Whoever signs for it hears it of his own exchanges, and that there is no other")
    func asked() async throws {
        let line = try await FileLine()
        let path = "/supplier/v1/\(line.code)/exchanges/\(line.exchange.uuidString.lowercased())"
        let answer = await line.send(.get, path)
        let standing = try JSON.parse(answer.text).read(ExchangeStanding.form)
        #expect(
            standing
                == ExchangeStanding(
                    reference: line.ticket.number.description, state: .sent, hasEnded: false, hasUnsent: true,
                    lastSentAt: nil, lastHeardAt: nil))
        #expect(await line.send(.get, path, signing: "").status == .unauthorized)
        let other = "/supplier/v1/\(line.code)/exchanges/\(UUID().uuidString.lowercased())"
        #expect(await line.send(.get, other).status.code == 410)
        #expect(await line.send(.get, path, signing: other).status == .unauthorized)
        let directory = try await line.behind.store.directory()
        let stranger = try #require(directory.suppliers[directory.organisation.suppliers[1].code])
        #expect(try await line.behind.store.standing(of: line.exchange, with: stranger) == nil)
    }
}
