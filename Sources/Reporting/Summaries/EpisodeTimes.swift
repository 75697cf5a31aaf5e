import Desk
import Moments

/// How long the parts of an episode took, each by the clock on the wall and in the hours of whoever had the ticket; the
/// time in which it counted as resolved is in none of them.
struct EpisodeTimes: Equatable {
    /// From the report until somebody began to work on it (S69); nil where nobody has.
    private(set) var response: Span?
    /// From then on until it was solved, by all tiers (S70); nil while it is not, and where nobody worked on it.
    private(set) var service: Span?
    /// From the report until it was solved; nil while it is not.
    private(set) var through: Span?
    /// From the report to the first answer, in hours; nil where there was none.
    private(set) var answerHours: Duration?

    struct Span: Equatable {
        var wall = Duration.zero
        var hours = Duration.zero
    }

    /// - Parameter stretches: of the ticket, in order.
    init(of episode: EpisodeSummary, in stretches: [CountedStretch]) {
        let own = stretches.filter { $0.stretch.episode == episode.ticket.episode }
        let hasWork = episode.workBeganAt != nil
        if hasWork { response = Self.sum(of: own.filter { !$0.stretch.hasBegun }) }
        if episode.resolvedAt != nil {
            if hasWork { service = Self.sum(of: own.filter(\.stretch.hasBegun)) }
            through = Self.sum(of: own)
        }
        answerHours = episode.firstResponseAt.map { answer in
            own.filter { $0.stretch.startedAt < answer }.reduce(.zero) { $0 + $1.hours(until: answer) }
        }
    }

    private static func sum(of stretches: [CountedStretch]) -> Span {
        stretches.reduce(into: Span()) { sum, counted in
            sum.wall += counted.stretch.length
            sum.hours += counted.hours
        }
    }
}
