import Desk
import HTTP
import JSON
import Postgres
import Suppliers
import Testing

extension RealProcessTests {
    @Suite("A ticket between two desks with a database each")
    struct TwoDesksTests {
        @Test("It is given, asked about, answered, solved, opened again and closed; each word crosses once")
        func solved() async throws {
            try await TwoDesks.run { desks in
                let (near, far) = try await desks.refer("one")
                try await checkBeginning(near, far)
                try await talk(near, far)
                try await changePriority(near, far)
                try await solveTwice(near, far, desks)
                try await checkEnd(near, far)
            }
        }

        @Test("It is given back unsolved, given anew and withdrawn; workers that die on the way repeat themselves")
        func returned() async throws {
            try await TwoDesks.run(fault: SupplierPoint.posted.rawValue) { desks in
                let (near, far) = try await desks.refer("two")
                try await far.resolve(.unrepairable, "The drum is gone, and nobody makes it.")
                try await near.hear(.supplierReturned)
                #expect(try await near.words(.public).last == "The drum is gone, and nobody makes it.")
                #expect(try await near.exchange()?.state == "rejected")
                #expect(try await far.exchange()?.hasEnded == true)

                try await desks.refer(near, asking: "Another printer, then.", key: "again")
                try await near.hear(.supplierAcknowledged, times: 2)
                let tickets = try await desks.far.database.all("select number from ticket order by id", as: String.self)
                try #require(tickets.count == 2 && tickets[0] == far.number)
                let second = Journey(desk: desks.far, number: tickets[1], supplier: "printwerk")
                try await second.hear(.routed)
                try await near.resolve(.withdrawn, "Els has one of her own.")
                try await second.wait(for: .resolved)
                #expect(try await second.exchange()?.state == "withdrawn")
                #expect(try await near.count(.supplierResolved) == 0, "what it did itself is no news")
                try await checkReceipts(near)
                try await checkReceipts(far)
            }
        }

        /// The far desk has it as a ticket of its own, for the same requester, where its document says.
        private func checkBeginning(_ near: Journey, _ far: Journey) async throws {
            #expect(far.number.hasPrefix("OSL-") && near.number.hasPrefix("AMS-"))
            let row = try await far.desk.database.first(
                """
                select t.subject, a.address, s.their_reference, t.channel from ticket t
                join supplier_ticket s on s.ticket = t.id join person_address a on a.person = t.requester
                where t.number = \(far.number) and s.serves
                """, as: (String, String, String, String).self)
            #expect(row?.0 == "De printer doet het niet" && row?.1 == "els@customer.example")
            #expect(row?.2 == near.number && row?.3 == "supplier")
            #expect(try await far.words(.public) == ["Sinds vanochtend komt er alleen wit papier uit."])
            #expect(try await far.words(.internal) == ["Can you look at it?"])
            let refusal = try await far.desk.client.once(
                .post, "/api/v1/tickets/\(far.number)/supplier-tickets",
                ["supplier": TwoDesks.near.json, "note": "Take it back."], fields: ["Idempotency-Key": "circle"])
            #expect(refusal.status.code == 409, "it does not go in circles: \(refusal.text)")
        }

        /// Words for the requester cross; words of a desk to itself do not. His answer ends the wait on both sides.
        private func talk(_ near: Journey, _ far: Journey) async throws {
            try await far.write("Between us: she prints too much.", .internal)
            try await far.write("We have it.", .public)
            try await near.hear(.supplierNoted)
            try await far.doOnPage("questions", ["note": "On which floor?"], until: .requesterAsked)
            try await near.hear(.requesterAsked)
            try await near.wait(for: .waitingRequester)
            try await far.wait(for: .waitingRequester)
            try await near.write("On the third.", .public, by: "els@customer.example")
            try await far.hear(.requesterReplied)
            try await near.wait(for: .waitingSupplier)
            #expect(try await near.exchange()?.state == "in_progress")
            #expect(try await far.words(.internal).last == "On the third.")
        }

        private func changePriority(_ near: Journey, _ far: Journey) async throws {
            let own = try await priority(of: far)
            try await until("\(near.number) is urgent") { () -> Void? in
                let path = "/api/v1/tickets/\(near.number)"
                let tag = try await near.desk.client.once(.get, path).fields["ETag"]
                var fields: Fields = ["Content-Type": "application/merge-patch+json"]
                fields["If-Match"] = tag
                let answer = try await near.desk.client.once(
                    .patch, path, ["impact": 1, "urgency": 1], fields: fields)
                return answer.status == .ok ? () : nil
            }
            let theirs = try #require(try await priority(of: near))
            #expect(theirs != own)
            try await until("the far desk knows that it is urgent") { () -> Void? in
                try await far.exchange()?.priority == "\(theirs)" ? () : nil
            }
            #expect(try await priority(of: far) == own, "how urgent it is there is the far desk's to say")
        }

        private func solveTwice(_ near: Journey, _ far: Journey, _ desks: TwoDesks) async throws {
            try await far.resolve(.solved, "It was the cable.")
            try await near.hear(.supplierResolved)
            try await desks.refer(near, asking: "It came back.", key: "reopen")
            try await far.hear(.reopened)
            try await far.resolve(.workedAround, "Use the other tray.")
            try await near.hear(.supplierResolved, times: 2)
            try await near.resolve(.solved, "It prints again.")
            try await near.close()
            try await far.wait(for: .closed)
        }

        private func checkEnd(_ near: Journey, _ far: Journey) async throws {
            let crossed = ["We have it.", "On which floor?", "It was the cable.", "Use the other tray."]
            let told = try await near.words(.public)
            #expect(told.filter(crossed.contains) == crossed, "in their order, each once")
            let all = try await told + near.words(.internal)
            #expect(!all.contains { $0.contains("Between us") })
            let heard = try await far.words(.internal)
            for words in ["Can you look at it?", "On the third.", "It came back."] {
                #expect(heard.count { $0 == words } == 1, "\(words)")
            }
            #expect(try await near.exchange()?.state == "resolved")
            #expect(try await far.exchange()?.hasEnded == true)
            let tickets = try await far.desk.database.first("select count(*) from ticket", as: Int.self)
            #expect(tickets == 1)
            let letters = try await far.desk.database.first(
                "select count(*) from letter where audience = 'requester'", as: Int.self)
            #expect(letters == 0, "the requester hears from the desk that he asked")
            try await checkReceipts(near)
            try await checkReceipts(far)
        }

        /// Nothing that one of them said was lost on the other, refused there or kept for a person.
        private func checkReceipts(_ journey: Journey) async throws {
            let database = journey.desk.database
            try await until("everything that was said to \(journey.number) is read") { () -> Void? in
                let open = try await database.first(
                    """
                    select (select count(*) from supplier_receipt where handled_at is null)
                        + (select count(*) from supplier_message where sent_at is null)
                    """, as: Int.self)
                return open == 0 ? () : nil
            }
            let refused = try await database.all(
                "select result from supplier_receipt where result <> 'recorded'", as: String.self)
            #expect(refused == [])
        }

        private func priority(of journey: Journey) async throws -> Int? {
            try await journey.desk.database.first(
                "select priority from ticket where number = \(journey.number)", as: Int.self)
        }
    }
}
