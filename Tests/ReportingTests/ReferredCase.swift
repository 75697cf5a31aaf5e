@testable import Reporting

/// A ticket's life with suppliers, and what a person with a calendar and a pencil makes of their parts in it.
struct ReferredCase {
    let name: String
    let steps: String
    let parts: [Part]
    var site = "OSL"

    var played: HandWorkedCase {
        HandWorkedCase(name: name, site: site, steps: steps, ends: [], response: nil)
    }

    /// What a supplier made of one referral, in minutes.
    struct Part {
        let supplier: String
        let acknowledgement: HandWorkedCase.Span?
        let ending: Referral.Ending?
        let handling: HandWorkedCase.Span?
        let isAgain: Bool

        private init(
            _ supplier: String, _ acknowledgement: HandWorkedCase.Span?, _ ending: Referral.Ending?,
            _ handling: HandWorkedCase.Span?, _ isAgain: Bool
        ) {
            (self.supplier, self.acknowledgement, self.ending) = (supplier, acknowledgement, ending)
            (self.handling, self.isAgain) = (handling, isAgain)
        }

        static func fjordnett(
            _ acknowledgement: HandWorkedCase.Span?, _ ending: Referral.Ending?, _ handling: HandWorkedCase.Span?,
            again: Bool = false
        ) -> Part {
            Part("fjordnett", acknowledgement, ending, handling, again)
        }

        static func printwerk(
            _ ending: Referral.Ending?, _ handling: HandWorkedCase.Span?, again: Bool = false
        ) -> Part {
            Part("printwerk", nil, ending, handling, again)
        }
    }
}

extension ReferredCase {
    private typealias Span = HandWorkedCase.Span

    /// Neither supplier has hours of its own, so that those of the team count: Oslo 8 to 16, Amsterdam without its
    /// lunch from 12:30 to 13:00.
    static let all: [ReferredCase] = [
        ReferredCase(
            name: "solved on the same day",
            steps: """
                03-04 08:00 web, 08:10 take, 08:30 refer fjordnett, 08:50 acknowledge fjordnett, \
                10:30 fixed fjordnett, \
                10:40 solved
                """, parts: [.fjordnett(Span(20, 20), .resolved, Span(120, 120))]),
        // 15:20 to 16:00, and 8:00 to 8:15 or 9:20.
        ReferredCase(
            name: "given back the next day",
            steps: """
                03-04 15:00 web, 15:10 take, 15:20 refer fjordnett, 03-05 08:15 acknowledge fjordnett, \
                09:20 back fjordnett
                """, parts: [.fjordnett(Span(1015, 55), .returned, Span(1080, 120))]),
        // From 9:40 to 11:40 it waits for an answer.
        ReferredCase(
            name: "has to ask",
            steps: """
                03-05 09:00 web, 09:05 take, 09:10 refer fjordnett, 09:40 query fjordnett, 11:40 answer fjordnett, \
                12:10 acknowledge fjordnett, 13:10 fixed fjordnett, 13:20 solved
                """, parts: [.fjordnett(Span(60, 60), .resolved, Span(120, 120))]),
        ReferredCase(
            name: "over a weekend, and never acknowledged",
            steps: "03-06 15:30 web, 15:35 take, 15:40 refer printwerk, 03-09 08:40 fixed printwerk, 09:00 solved",
            parts: [.printwerk(.resolved, Span(3900, 60))]),
        ReferredCase(
            name: "comes back",
            steps: """
                03-10 08:00 web, 08:05 take, 08:10 refer fjordnett, 08:20 acknowledge fjordnett, \
                09:10 fixed fjordnett, \
                09:20 solved, 03-11 08:00 reopen, 08:10 refer fjordnett, 08:40 acknowledge fjordnett, \
                09:40 fixed fjordnett, 09:50 solved
                """,
            parts: [
                .fjordnett(Span(10, 10), .resolved, Span(60, 60)),
                .fjordnett(Span(30, 30), .resolved, Span(90, 90), again: true),
            ]),
        ReferredCase(
            name: "comes back after its end, in another month",
            steps: """
                03-12 08:00 web, 08:05 take, 08:10 refer printwerk, 09:10 fixed printwerk, 09:15 solved, 10:00 close, \
                04-07 08:00 reopen, 08:30 refer printwerk, 09:30 back printwerk, 09:40 worked_around
                """,
            parts: [
                .printwerk(.resolved, Span(60, 60)), .printwerk(.returned, Span(60, 60), again: true),
            ]),
        ReferredCase(
            name: "taken back",
            steps: "03-16 09:00 web, 09:05 take, 09:10 refer fjordnett, 10:10 recall fjordnett, 10:20 solved",
            parts: [.fjordnett(nil, .withdrawn, Span(60, 60))]),
        ReferredCase(
            name: "solved by the desk meanwhile",
            steps: "03-17 09:00 web, 09:05 take, 09:10 refer fjordnett, 09:30 acknowledge fjordnett, 11:10 solved",
            parts: [.fjordnett(Span(20, 20), .withdrawn, Span(120, 120))]),
        ReferredCase(
            name: "over lunch",
            steps: """
                03-18 12:00 web, 12:05 take, 12:10 refer fjordnett, 13:10 acknowledge fjordnett, \
                13:40 fixed fjordnett, \
                13:50 solved
                """, parts: [.fjordnett(Span(60, 30), .resolved, Span(90, 60))], site: "AMS"),
        ReferredCase(
            name: "one after the other",
            steps: """
                03-19 08:00 web, 08:05 take, 08:10 refer fjordnett, 08:40 back fjordnett, 08:50 refer printwerk, \
                09:50 fixed printwerk, 10:00 solved
                """,
            parts: [
                .fjordnett(nil, .returned, Span(30, 30)), .printwerk(.resolved, Span(60, 60)),
            ]),
        ReferredCase(
            name: "still there", steps: "03-30 09:00 web, 09:05 take, 09:10 refer printwerk",
            parts: [.printwerk(nil, nil)]),
        ReferredCase(
            name: "waits for an answer to this day",
            steps: "03-31 08:00 web, 08:05 take, 08:10 refer fjordnett, 08:30 query fjordnett",
            parts: [.fjordnett(nil, nil, nil)]),
    ]
}
