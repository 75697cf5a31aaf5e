import HTTP
import Testing

@Suite("The router")
struct RouterTests {
    struct Agent: Sendable { let name: String }
    struct NotSignedIn: Error {}

    enum Color: String, PathValue { case red, blue }

    static let router = Router(
        Door(
            { request in
                guard let name = request.fields["X-Agent"] else { throw Problem(.unauthorized) }
                return Agent(name: name)
            },
            confirm: { request, _ in
                if request.method == .put, request.body.text != "token" { throw Problem(.forbidden) }
            },
            endpoints: [
                Endpoint(.get, "/tickets") { _, agent in Response(text: "list for \(agent.name)") },
                Endpoint(.get, "/tickets/:number") { (_, _, number: Int) in Response(text: "ticket \(number)") },
                Endpoint(.get, "/tickets/new") { _, _ in Response(text: "form") },
                Endpoint(.put, "/tickets/:number/closure") { (_, _, _: Int) in Response(.noContent) },
                Endpoint(.delete, "/tickets/:ticket/closure") { (_, _, _: Int) in Response(.noContent) },
                Endpoint(.get, "/paint/:color/:layer") { (_, _, color: Color, layer: String) in
                    Response(text: "\(color) \(layer)")
                },
            ]),
        Door(endpoints: [
            Endpoint(.get, "/assets/*path") { (_, _, path: String) in Response(text: path) },
            Endpoint(.get, "/broken") { _, _ in throw NotSignedIn() },
            Endpoint(.get, "/") { _, _ in Response(html: "<p>home</p>") },
        ]))

    private func answer(_ method: Method, _ path: String, body: String = "", agent: String? = "Ada") async -> Response {
        var request = Request(method, path, body: RequestBody(body))
        request.fields["X-Agent"] = agent
        return await Self.router.respond(to: request)
    }

    @Test(
        "A path finds its endpoint, the more literal pattern first",
        arguments: [
            ("/", "<p>home</p>"), ("/tickets", "list for Ada"), ("/tickets/7", "ticket 7"), ("/tickets/new", "form"),
            ("/tickets?q=1", "list for Ada"), ("/paint/blue/b%2Fc", "blue b/c"), ("/assets/css/app.css", "css/app.css"),
        ])
    func finds(path: String, text: String) async {
        let response = await answer(.get, path)
        #expect(response.status == .ok)
        #expect(response.text == text)
    }

    @Test(
        "A path that means nothing is not found",
        arguments: [
            "/x", "/tickets/", "/tickets/abc", "/tickets/07", "/tickets/-1", "/tickets/7/x", "/paint/green/1",
            "//tickets",
            "/assets",
        ])
    func notFound(path: String) async {
        #expect(await answer(.get, path).status == .notFound)
    }

    @Test("A method that the path does not have is answered 405 with those it has")
    func methodNotAllowed() async {
        let response = await answer(.post, "/tickets/7/closure")
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == "PUT, DELETE, OPTIONS")
        #expect(await answer(.trace, "/tickets").fields[.allow] == "GET, HEAD, OPTIONS")
        #expect(await answer(.post, "/x").status == .notFound)
    }

    @Test("OPTIONS tells what a path has, and * what the server has")
    func options() async {
        let one = await answer(.options, "/tickets/7", agent: nil)
        #expect(one.status == .noContent)
        #expect(one.fields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test("HEAD is answered as GET")
    func head() async {
        #expect(await answer(.head, "/tickets/7").status == .ok)
        #expect(await answer(.head, "/tickets/7/closure").status == .methodNotAllowed)
    }

    @Test("A door turns strangers away before the endpoint runs")
    func door() async {
        #expect(await answer(.get, "/tickets", agent: nil).status == .unauthorized)
        #expect(await answer(.get, "/", agent: nil).status == .ok)
    }

    @Test("What needs the body is confirmed once it is there")
    func confirm() async {
        #expect(await answer(.put, "/tickets/7/closure", body: "forged").status == .forbidden)
        #expect(await answer(.put, "/tickets/7/closure", body: "token").status == .noContent)
    }

    @Test("An unknown error says nothing of its cause")
    func unknownError() async {
        let response = await answer(.get, "/broken")
        #expect(response.status == .internalServerError)
        #expect(response.text == #"{"title":"Internal Server Error","status":500}"#)
    }

    @Test("How errors look is decided in one place")
    func renderer() async {
        let router = Router(Door(endpoints: [Endpoint(.get, "/broken") { _, _ in throw NotSignedIn() }])) { error, _ in
            error is NotSignedIn ? .seeOther("/sign-in") : Response(.badRequest, text: "no")
        }
        #expect(await router.respond(to: Request(.get, "/broken")).fields[.location] == "/sign-in")
        #expect(await router.respond(to: Request(.get, "/x")).text == "no")
        let wrong = await router.respond(to: Request(.post, "/broken"))
        #expect(wrong.fields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test("A pattern that does not fit its handler is found at launch")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            _ = Endpoint<Void>(.get, "/tickets/:number") { _, _ in Response() }
        }
        await #expect(processExitsWith: .failure) {
            _ = Router(
                Door(endpoints: [
                    Endpoint(.get, "/a/:b") { (_, _, _: String) in Response() },
                    Endpoint(.get, "/a/:c") { (_, _, _: String) in Response() },
                ]))
        }
    }
}
