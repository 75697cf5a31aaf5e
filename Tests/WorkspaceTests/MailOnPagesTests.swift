import Catalogue
import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import Foundation
import HTTP
import Moments
import Postgres
import PostgresTestSupport
import Synchronization
import Testing
import WebTestSupport

@Suite("The mail that came in, on pages", .database(template: TestDesk.template))
struct MailOnPagesTests {
    static let administrator = "ingrid.solberg@norrsken.example"

    /// Keeps a mail as the mail door does; `place` in the list is by minutes before the present.
    static func keep(
        _ kind: MailKind, _ subject: String?, because reason: String, ticket: TicketID? = nil, minutesAgo: Int = 1,
        bounces: String? = nil
    ) async throws -> UUID {
        let database = try TestDatabase.current
        try await database.run("insert into blob (sha256, size) values (sha256('mail'), 4) on conflict do nothing")
        try await database.run(
            "insert into blob_chunk (sha256, part, bytes) values (sha256('mail'), 0, 'mail') on conflict do nothing")
        let at = TestDesk.monday + .seconds(-60 * minutesAgo)
        let kept = try await database.first(
            """
            insert into inbound_mail (received_at, recipient, sender, message_id, fingerprint, original, kind,
                ticket, reason, subject, author, bounces)
            values (\(at), 'hjelp@oslo.norrsken.example', 'bounces@list.example',
                'm' || gen_random_uuid(), '', sha256('mail'), \(kind), \(ticket), \(reason), \(subject),
                'eve@elsewhere.example', \(bounces.map { JSONText($0) }))
            returning uuid
            """, as: UUID.self)
        return try #require(kept)
    }

    private static func place(of mail: UUID) -> String { "/desk/mail/\(mail.uuidString.lowercased())" }

    @Test("Who looks after the desk is told of every mail what became of it and why, in his language")
    func list() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        for reason in MailReason.allCases {
            _ = try await Self.keep(.autoReply, "On <\(reason.rawValue)>", because: reason.sentence("OSL-7", "OSL-8"))
        }
        _ = try await Self.keep(.followUp, nil, because: "in words of its own", ticket: ticket.id)
        _ = try await Self.keep(.duplicate, "", because: MailReason.seenBefore.sentence())
        var browser = try await site.browser(of: Self.administrator)
        for language in Language.allCases {
            expectPage(await browser.get("/desk/mail?language=\(language.tag)"))
            let wording = Wording(language)
            for reason in MailReason.allCases {
                #expect(browser.page.contains(wording(.mailReason, reason.rawValue)), "\(language.tag) \(reason)")
            }
            #expect(browser.page.contains("lang=\"en\" dir=\"auto\">in words of its own"), "\(language.tag)")
            #expect(browser.page.contains(wording(.inboundNoSubject)), "\(language.tag)")
        }
        // The mail that came before subjects were kept has that of its ticket.
        #expect(browser.page.contains(TestDesk.submission().subject))
        #expect(browser.page.contains("On &lt;claim&gt;") && browser.page.contains("eve@elsewhere.example"))
        #expect(browser.page.contains("/desk/tickets/\(ticket.number)"))
        await site.close()
    }

    @Test("The list is narrowed by kind with links, and goes on by key where it ends, without a gap or a repetition")
    func pages() async throws {
        let site = try TestSite()
        for number in 1...120 {
            _ = try await Self.keep(
                number % 2 == 0 ? .unreadable : .parked, "no \(number).", because: "", minutesAgo: number / 3)
        }
        var browser = try await site.browser(of: Self.administrator)
        expectPage(await browser.get("/desk/mail?language=en"))
        #expect(browser.page.contains("href=\"/desk/mail?kind=parked\""))
        var (place, shown): (String?, [Int]) = ("/desk/mail?kind=parked", [])
        while let next = place {
            expectPage(await browser.get(next))
            shown += browser.page.matches(of: /no (\d+)\./).compactMap { Int($0.1) }
            place = browser.page.firstMatch(of: /rel="next" href="([^"]+)"/).map {
                String($0.1).replacing("&amp;", with: "&")
            }
            #expect(browser.page.contains("aria-current=\"page\">Parked"))
        }
        #expect(shown.count == 60 && Set(shown) == Set(stride(from: 1, through: 119, by: 2)))
        #expect(zip(shown, shown.dropFirst()).allSatisfy { $0 / 3 <= $1 / 3 })
        expectPage(await browser.get("/desk/mail?kind=feedback"))
        #expect(browser.page.contains(Wording(.english)(.inboundEmpty)))
        await site.close()
    }

    @Test("Others see the mail of the tickets that they see; a manager reads it, and may do nothing to it")
    func sight() async throws {
        let site = try TestSite(sortAnew: { _, _ in })
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let bounce = try await Self.keep(.bounce, "seen", because: MailReason.bounce.sentence(), ticket: ticket.id)
        let unread = try await Self.keep(.unreadable, "unseen", because: MailReason.nothingInIt.sentence())
        for address in [JourneyOnPagesTests.agent, "henrik.lund@norrsken.example", "jan.kowalski@norrsken.example"] {
            var browser = try await site.browser(of: address)
            expectPage(await browser.get("/desk/mail?language=en"))
            #expect(!browser.page.contains("unseen") && !browser.page.contains("kind=parked"), "\(address)")
            for path in ["", "/original"] {
                #expect(await browser.get(Self.place(of: unread) + path).status == .notFound, "\(address)")
            }
        }
        var manager = try await site.browser(of: "henrik.lund@norrsken.example")
        expectPage(await manager.get(Self.place(of: bounce)))
        #expect(manager.page.contains("seen") && !manager.page.contains("/replays"))
        #expect(await manager.post("\(Self.place(of: bounce))/replays", [:]).status == .forbidden)
        var stranger = site.browser()
        #expect(await stranger.get("/desk/mail").status == .seeOther)
        await site.close()
    }

    @Test("The page of a mail tells why, what it reports and where it came from, and has the original to keep")
    func page() async throws {
        let site = try TestSite()
        let report = """
            [{"recipient": "ola@customer.example", "status": "5.1.1", "code": "550", "reason": "userunknown",
              "hard": true, "action": "failed"}]
            """
        let bounce = try await Self.keep(
            .bounce, "Undelivered <mail>", because: MailReason.deliveryReport.sentence(": ola"), bounces: report)
        var browser = try await site.browser(of: Self.administrator)
        for language in Language.allCases {
            expectPage(await browser.get("\(Self.place(of: bounce))?language=\(language.tag)"))
            let wording = Wording(language)
            #expect(browser.page.contains(wording(.mailReason, "delivery_report")), "\(language.tag)")
            #expect(browser.page.contains(wording(.inboundHard)) && browser.page.contains("ola@customer.example"))
            #expect(browser.page.contains("5.1.1 · 550") && browser.page.contains("bounces@list.example"))
        }
        let original = await browser.get("\(Self.place(of: bounce))/original")
        #expect(try await String(decoding: original.collected(), as: UTF8.self) == "mail")
        #expect(original.fields[.contentDisposition]?.hasPrefix("attachment") == true)
        #expect(original.fields["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
        await site.close()
    }

    @Test("A kept mail is sorted anew with the eyes of whoever asks; a parked one is released, or put aside, once")
    func sorting() async throws {
        let sorted = Mutex<[(UUID, Bool)]>([])
        let site = try TestSite(sortAnew: { mail, sight in
            sorted.withLock { $0.append((mail.uuid, sight.seesUnsortedMail)) }
            if sorted.withLock({ $0.count }) > 1 { throw NotParked() }
        })
        let parked = try await Self.keep(.parked, "again", because: MailReason.tooMany.sentence("61"))
        var browser = try await site.browser(of: Self.administrator)
        expectPage(await browser.get("\(Self.place(of: parked))?language=en"))
        let wording = Wording(.english)
        #expect(browser.page.contains(wording(.inboundRelease)) && !browser.page.contains(wording(.inboundSort)))
        #expect(await browser.post("\(Self.place(of: parked))/replays", [:], token: "forged").status == .forbidden)
        for (expected, tone) in [(Phrase.inboundDoneSorted, "good"), (.inboundSettled, "warn")] {
            let done = await browser.post("\(Self.place(of: parked))/replays", [:])
            #expect(done.status == .seeOther)
            expectPage(await browser.open(done.fields[.location] ?? "/"))
            #expect(browser.page.contains("notice-\(tone)") && browser.page.contains(wording(expected)))
        }
        #expect(sorted.withLock { $0.map(\.0) } == [parked, parked])
        #expect(sorted.withLock { $0.allSatisfy(\.1) })

        for expected in [Phrase.inboundDoneAside, .inboundSettled] {
            let done = await browser.post("\(Self.place(of: parked))/discards", [:])
            expectPage(await browser.open(done.fields[.location] ?? "/"))
            #expect(browser.page.contains(wording(expected)))
        }
        #expect(browser.page.contains(wording(.mailReason, "put_aside")))
        #expect(browser.page.contains(wording(.inboundSort)), "what is put aside can still be sorted anew")
        await site.close()
    }

    @Test("What still cannot be taken is told as kept; what leaves the reader's sight is told on the list")
    func stuck() async throws {
        let site = try TestSite(sortAnew: { mail, _ in
            guard mail.subject == "poison" else {
                try await TestDatabase.current.run("update inbound_mail set kind = 'duplicate', ticket = null")
                try await TestDatabase.current.run("delete from inbound_mail where uuid = \(mail.uuid)")
                return
            }
            throw StillUnkept()
        })
        var browser = try await site.browser(of: Self.administrator)
        for (subject, phrase) in [("poison", Phrase.inboundStuck), ("gone", .inboundDoneGone)] {
            let mail = try await Self.keep(.unreadable, subject, because: MailReason.cannotBeKept.sentence())
            expectPage(await browser.get("\(Self.place(of: mail))?language=en"))
            let done = await browser.post("\(Self.place(of: mail))/replays", [:])
            expectPage(await browser.open(done.fields[.location] ?? "/"))
            #expect(browser.page.contains(Wording(.english)(phrase)), "\(subject)")
        }
        await site.close()
    }

    @Test("An agent is told on his worklist of claims that he may decide about, and finds the way to each decision")
    func claims() async throws {
        let site = try TestSite()
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        #expect(await !browser.get("/desk").text.contains("claims-wait"))
        let (claim, claimed) = try await ClaimOnPagesTests.claim(on: site)
        for language in Language.allCases {
            expectPage(await browser.get("/desk?language=\(language.tag)"))
            #expect(browser.page.contains(Wording(language)(.claimsWaitTitle)), "\(language.tag)")
        }
        expectPage(await browser.get("/desk/mail?kind=claim&language=en"))
        let place = try #require(browser.page.firstMatch(of: /<th scope="row"[^>]*><a href="([^"]+)"/)).1
        expectPage(await browser.get(String(place)))
        #expect(browser.page.contains("/desk/tickets/\(claim.number)#claim"))
        #expect(browser.page.contains("/desk/tickets/\(claimed.number)\""))

        // Elsewhere nobody sees the tickets, nor that there is anything to decide.
        var stranger = try await site.browser(of: "jan.kowalski@norrsken.example")
        #expect(await !stranger.get("/desk").text.contains("claims-wait"))
        await site.close()
    }
}
