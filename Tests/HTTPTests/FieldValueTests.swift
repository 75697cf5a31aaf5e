import HTTP
import Moments
import Testing

@Suite("Values of header fields")
struct FieldValueTests {
    @Test("A media type has an essence and parameters")
    func mediaType() {
        let type = MediaType("Text/HTML; Charset=\"utf-8\" ; x=y")
        #expect(type?.essence == "text/html")
        #expect(type?["charset"] == "utf-8")
        #expect(type?["x"] == "y")
        #expect(MediaType("application/problem+json")?.isJSON == true)
        #expect(MediaType("application/json")?.isJSON == true)
        #expect(MediaType("text/plain")?.isJSON == false)
    }

    @Test(
        "What is no media type is nil",
        arguments: ["", "text", "text/", "/x", "a/b/c", "a/b; c", "a/b; c=d; c=e", "a b/c"])
    func noMediaType(text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test("Cookies are read from all lines, and a planted duplicate can be seen")
    func cookies() {
        var request = Request(.get, "/")
        request.fields.append(.cookie, "__Host-sid=abc; theme=dark")
        request.fields.append(.cookie, "theme=light;=x; bad; q=\"a b\"")
        #expect(request.cookies["__Host-sid"] == "abc")
        #expect(request.cookies["theme"] == "dark")
        #expect(request.cookies.all("theme") == ["dark", "light"])
        #expect(request.cookies["q"] == "\"a b\"")
        #expect(request.cookies["bad"] == nil)
    }

    @Test("A cookie is safe unless said otherwise")
    func setCookie() {
        var cookie = SetCookie("__Host-sid", "abc", maxAge: .seconds(1_800))
        #expect(cookie.line == "__Host-sid=abc; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=Lax")
        cookie.maxAge = nil
        cookie.sameSite = .strict
        var response = Response()
        response.set(cookie)
        response.set(SetCookie("b", "c"))
        #expect(response.fields.all(.setCookie).count == 2)
        #expect(response.fields.all(.setCookie)[0] == "__Host-sid=abc; Path=/; Secure; HttpOnly; SameSite=Strict")
    }

    @Test(
        "The best of our media types is chosen",
        arguments: [
            (nil, "text/html"), ("*/*", "text/html"), ("application/json", "application/json"),
            ("text/html;q=0.5, application/json", "application/json"), ("text/*;q=0.9, */*;q=0.1", "text/html"),
            ("text/html;q=0, */*", "application/json"), ("image/png", nil),
            ("garbage;;=, application/json", "application/json"),
            ("application/json;q=0.8, text/html;q=0.801", "text/html"), ("*/*;q=2", nil), ("", nil),
        ] as [(String?, String?)])
    func mediaTypes(field: String?, chosen: String?) {
        #expect(Preferences(field).best(mediaTypes: ["text/html", "application/json"]) == chosen)
    }

    @Test(
        "The best of our languages is chosen",
        arguments: [
            (nil, "en"), ("sv", "sv"), ("nb-NO,nb;q=0.9,en;q=0.8", "nb"), ("de-CH, nl;q=0.5", "nl"), ("PL", "pl"),
            ("fr", nil), ("fr, *;q=0.1", "en"), ("en;q=0, *", "sv"),
        ] as [(String?, String?)])
    func languages(field: String?, chosen: String?) {
        #expect(Preferences(field).best(languages: ["en", "sv", "nb", "nl", "pl"]) == chosen)
    }

    @Test(
        "The three forms of a date are read, and the first is written",
        arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func dates(text: String) {
        #expect(HTTPDate.moment(text) == Moment(seconds: 784_111_777))
        #expect(HTTPDate.text(Moment(microseconds: 784_111_777_999_999)) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test("Every day of four centuries is written and read back")
    func everyDay() {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        for day in stride(from: Int64(0), to: 146_097, by: 1) {
            let text = HTTPDate.text(Moment(seconds: day * 86_400 + 86_399))
            guard HTTPDate.moment(text) == Moment(seconds: day * 86_400 + 86_399),
                text.hasPrefix(weekdays[Int(day % 7)])
            else {
                Issue.record("day \(day) is written as \(text)")
                return
            }
        }
        #expect(HTTPDate.text(Moment(seconds: -1)) == "Wed, 31 Dec 1969 23:59:59 GMT")
    }

    @Test(
        "What is no date is nil",
        arguments: [
            "", "yesterday", "Sun, 31 Feb 2026 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 -8:49:37 GMT",
        ])
    func noDate(text: String) {
        #expect(HTTPDate.moment(text) == nil)
    }

    @Test("A problem is written as its standard has it")
    func problem() {
        var problem = Problem(
            .unprocessableContent, detail: "Two \"things\"\nare wrong.",
            errors: [.init("must not be empty", at: "#/subject"), .init("unknown")])
        problem.extensions["trace_id"] = "abc"
        let response = problem.response
        #expect(response.status == .unprocessableContent)
        #expect(response.fields[.contentType] == "application/problem+json")
        #expect(
            response.text
                == ##"{"title":"Unprocessable Content","status":422,"detail":"Two \"things\"\u000aare wrong.","##
                + ##""trace_id":"abc","errors":[{"detail":"must not be empty","pointer":"#/subject"},"##
                + ##"{"detail":"unknown"}]}"##)
    }
}
