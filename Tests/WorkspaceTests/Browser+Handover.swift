import HTTP
import Testing
import WebTestSupport

extension Browser {
    /// Hands the ticket of the page that is open over to a team, because it knows more.
    ///
    /// - Parameter team: the site and the team, as the form names them.
    /// - Returns: where the desk leads.
    mutating func handOver(
        _ place: String, to team: String = "AMS:ams-workplace", note: String = "Stripes on every page.",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let done = await post(
            "\(place)/handovers",
            ["team": team, "reason": "expertise", "note": note, "revision": hidden("revision")])
        #expect(done.status == .seeOther, sourceLocation: sourceLocation)
        return try #require(done.fields[.location], sourceLocation: sourceLocation)
    }
}
