import DeskWeb
import HTTP
import PostgresTestSupport
import Runtime
import Sockets

extension TestSite {
    /// Runs `body` while the pages are served over HTTP, at the address that they name as their own, and the hints are
    /// told of what happens.
    public static func serve(_ body: (TestSite) async throws -> Void) async throws {
        let listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        let site = try TestSite(publicURL: "http://127.0.0.1:\(listener.address.port ?? 0)", watches: true)
        let (stop, server) = (StopSignal(), HTTPServer(listener, router: site.router, loops: TestDatabase.loops))
        async let served: Void = server.run(until: stop)
        async let watched: Void = site.watch.run(until: stop)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(site))
        } catch {
            outcome = .failure(error)
        }
        stop.raise()
        _ = try await (served, watched)
        await site.close()
        try outcome.get()
    }
}
