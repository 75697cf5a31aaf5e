import Desk
import DeskStore
import DeskTestSupport
import DeskWeb
import HTTP
import Postgres
import PostgresTestSupport
import Testing
import WebTestSupport

@Suite("Related tickets on an agent's pages", .database(template: TestDesk.template))
struct RelatedTests {
    @Test("A likely twin is suggested, what merging will do is shown first, and then it is done by a form alone")
    func merge() async throws {
        let site = try TestSite()
        let twin = try await JourneyOnPagesTests.routed(on: site)
        let kept = try await JourneyOnPagesTests.routed(on: site)
        let (place, number) = ("/desk/tickets/\(twin.number)", kept.number.description)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        expectPage(await browser.get(place))
        #expect(browser.page.contains("Perhaps the same") && browser.page.contains("/desk/tickets/\(number)\""))
        let wrong = await browser.get("\(place)/related?what=merge&number=OSL-99999")
        #expect(wrong.status == .unprocessableContent && browser.page.contains("error-summary"))
        // The bare address, as somebody who tries it types it.
        expectPage(await browser.get("\(place)/related"), .unprocessableContent)
        #expect(browser.page.contains("related-what-error") && browser.page.contains("related-number-error"))
        expectPage(await browser.get("\(place)/related?what=merge&number=\(number)"))
        #expect(browser.page.contains("closed as a duplicate"))
        let form: HTTP.Query = ["what": "merge", "number": number, "revision": browser.hidden("revision")]
        let done = await browser.post("\(place)/related", form)
        #expect(done.status == .seeOther)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("notice-good") && browser.page.contains("Goes on in"))
        #expect(try await JourneyOnPagesTests.state(of: twin, on: site).ties.mergedInto == kept.id)
        await site.close()
    }

    @Test("A ticket is made part of another and taken out again; what cannot be is refused in words")
    func part() async throws {
        let site = try TestSite()
        let part = try await JourneyOnPagesTests.routed(on: site)
        let whole = try await JourneyOnPagesTests.routed(on: site)
        let (place, number) = ("/desk/tickets/\(part.number)", whole.number.description)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        _ = await browser.get("\(place)/related?what=part&number=\(number)")
        let revision = browser.hidden("revision")
        let made = await browser.post("\(place)/related", ["what": "part", "number": number, "revision": revision])
        #expect(made.status == .seeOther)
        expectPage(await browser.get("/desk/tickets/\(number)"))
        #expect(browser.page.contains("Parts, solved with it"))
        let there = "/desk/tickets/\(number)/related"
        _ = await browser.get("\(there)?what=part&number=\(part.number)")
        let circle = await browser.post(
            there, ["what": "part", "number": part.number.description, "revision": browser.hidden("revision")])
        #expect(circle.status == .conflict && browser.page.contains("error-summary"))
        let out = await browser.post("\(place)/related/removal", ["what": "part", "number": number])
        #expect(out.status == .seeOther)
        #expect(try await JourneyOnPagesTests.state(of: part, on: site).ties.parent == nil)
        await site.close()
    }

    private func part(of whole: Ticket, on site: TestSite) async throws -> Ticket {
        let part = try await JourneyOnPagesTests.routed(on: site)
        let store = site.behind.store
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await store.attach(
                part.number, toParent: whole.number, Recording(by: .program), using: transaction)
        }
        return part
    }

    @Test(
        "A part of a major incident is put to wait with it by a button, which is gone where nothing is to be waited for"
    )
    func waiting() async throws {
        let site = try TestSite()
        let whole = try await JourneyOnPagesTests.routed(on: site)
        let part = try await part(of: whole, on: site)
        let (place, store) = ("/desk/tickets/\(part.number)", site.behind.store)
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        expectPage(await browser.get(place))
        #expect(!browser.page.contains("\(place)/related/wait"))
        try await store.record(on: whole.number, seeing: .desk, Recording(by: .program)) { _ in .declaredMajor }
        expectPage(await browser.get(place))
        #expect(browser.page.contains("\(place)/related/wait"))
        let done = await browser.post("\(place)/related/wait", [:])
        #expect(done.status == .seeOther)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("notice-good") && !browser.page.contains("\(place)/related/wait"))
        // Above the ticket, in its log, and in the arithmetic of its clocks.
        expectPage(await browser.get(place))
        #expect(browser.page.contains("This ticket waits with the major incident"))
        #expect(browser.page.contains("Waits with the major incident"))
        #expect(browser.page.contains("Waiting with the major incident"))
        #expect(try await JourneyOnPagesTests.state(of: part, on: site).ties.waitsForParent)
        let again = await browser.post("\(place)/related/wait", [:])
        #expect(again.status == .conflict)
        await site.close()
    }

    @Test("All parts are put to wait by one button on the page of the whole, and told how many they are")
    func allWait() async throws {
        let site = try TestSite()
        let store = site.behind.store
        let whole = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(whole.number)"
        _ = try await part(of: whole, on: site)
        let one = try await part(of: whole, on: site).number
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        expectPage(await browser.get(place))
        #expect(!browser.page.contains("\(place)/parts/wait"), "it is no major incident")
        try await store.record(on: whole.number, seeing: .desk, Recording(by: .program)) { _ in .declaredMajor }
        expectPage(await browser.get(place))
        #expect(browser.page.contains("that can wait: 2.") && !browser.page.contains("\(place)/parts/go-on"))
        let done = await browser.post("\(place)/parts/wait", [:])
        expectPage(await browser.open(try #require(done.fields[.location])))
        #expect(browser.page.contains("The parts are put on hold one after the other"))
        try await store.transaction { (transaction: borrowing Transaction) in
            _ = try await store.waitWithParent(one, Recording(by: .program), using: transaction)
        }
        expectPage(await browser.get(place))
        #expect(browser.page.contains("that can wait: 1."))
        #expect(browser.page.contains("Parts that wait with the major incident: 1."))
        let onward = await browser.post("\(place)/parts/go-on", [:])
        expectPage(await browser.open(try #require(onward.fields[.location])))
        #expect(browser.page.contains("The parts are taken up again one after the other"))
        await site.close()
    }

    @Test("Chosen entries become another ticket, and without a choice the page says what is missing")
    func split() async throws {
        let site = try TestSite()
        let ticket = try await JourneyOnPagesTests.routed(on: site)
        let place = "/desk/tickets/\(ticket.number)/split"
        var browser = try await site.browser(of: JourneyOnPagesTests.agent)
        _ = await browser.get("/desk?language=en")
        expectPage(await browser.get(place))
        let revision = browser.hidden("revision")
        let empty = await browser.post(place, ["revision": revision, "subject": ""])
        #expect(empty.status == .unprocessableContent && browser.page.contains("error-summary"))
        expectPage(empty, .unprocessableContent)
        let done = await browser.post(
            place, ["revision": revision, "subject": "The smoke", "entry": browser.hidden("entry")])
        #expect(done.status == .seeOther)
        expectPage(await browser.open(done.fields[.location] ?? "/"))
        #expect(browser.page.contains("The smoke") && browser.page.contains("Split from"))
        await site.close()
    }
}
