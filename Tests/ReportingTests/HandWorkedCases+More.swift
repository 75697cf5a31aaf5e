import Desk

extension HandWorkedCase {
    static let more: [HandWorkedCase] = [
        // The night team opens at 19:00: 10 in Oslo's hours, 60 in the queue, 60 at work.
        HandWorkedCase(
            name: "given to the night", site: "OSL",
            steps: "03-10 15:30 web, 15:40 take, 15:50 give waw-network, 20:00 take, 21:00 solved",
            ends: [End(service: Span(320, 130), through: Span(330, 140), work: [10, 60, 0], suppliers: 0, cost: 6000)],
            response: Span(10, 10)),
        // Whoever hands it over has begun; Oslo was closed by then. An hour of work on each of two days.
        HandWorkedCase(
            name: "worked on past midnight", site: "OSL",
            steps: "03-11 18:00 web, 18:30 give waw-network, 23:00 take, 03-12 01:00 solved",
            ends: [
                End(service: Span(390, 360), through: Span(420, 360), work: [0, 120, 0], suppliers: 0, cost: 10800)
            ],
            response: Span(30, 0)),
        HandWorkedCase(
            name: "in Singapore", site: "SIN", kind: .serviceRequest,
            steps: "03-11 03:00 web, 03:30 take, 04:30 solved",
            ends: [End(service: Span(60, 60), through: Span(90, 90), work: [60, 0, 0], suppliers: 0, cost: 3600)],
            response: Span(30, 30)),
        // 15 in Singapore until 10:45, then 75 in Oslo's queue and 60 at work there.
        HandWorkedCase(
            name: "follows the sun", site: "SIN",
            steps: "03-11 10:00 web, 10:30 take, 10:45 give osl-first, 12:00 take, 13:00 solved",
            ends: [End(service: Span(150, 150), through: Span(180, 180), work: [75, 0, 0], suppliers: 0, cost: 4500)],
            response: Span(30, 30)),
        // The first line worked thrice for 5, the second once for 30; the requester had it for 60.
        HandWorkedCase(
            name: "comes back because something is missing", site: "AMS",
            steps: """
                03-12 09:00 web, 09:05 take, 09:10 give ams-network, 09:30 return ams-first, 09:40 take, 09:45 ask, \
                10:45 reply, 10:50 give ams-network, 11:00 take, 11:30 solved
                """,
            ends: [End(service: Span(145, 85), through: Span(150, 90), work: [15, 30, 0], suppliers: 0, cost: 3600)],
            response: Span(5, 5)),
        // An answer is work, though nobody took the ticket.
        HandWorkedCase(
            name: "a question is answered", site: "OSL", kind: .informationRequest,
            steps: "03-12 08:00 web, 08:15 say, 08:20 solved",
            ends: [End(service: Span(5, 5), through: Span(20, 20), work: [5, 0, 0], suppliers: 0, cost: 300)],
            response: Span(15, 15)),
        HandWorkedCase(
            name: "laid back into the queue", site: "OSL",
            steps: "03-12 09:00 web, 09:10 take, 09:20 release, 10:20 take, 10:30 solved",
            ends: [End(service: Span(80, 80), through: Span(90, 90), work: [20, 0, 0], suppliers: 0, cost: 1200)],
            response: Span(10, 10)),
        HandWorkedCase(
            name: "the requester thinks over the weekend", site: "AMS",
            steps: "03-13 17:00 web, 17:10 take, 17:20 ask, 03-16 09:00 reply, 09:10 solved",
            ends: [End(service: Span(3840, 20), through: Span(3850, 30), work: [20, 0, 0], suppliers: 0, cost: 1200)],
            response: Span(10, 10)),
        // The night to 29 March has an hour less.
        HandWorkedCase(
            name: "the clocks go forward", site: "OSL", steps: "03-27 15:30 web, 15:40 take, 03-30 08:20 solved",
            ends: [End(service: Span(3820, 40), through: Span(3830, 50), work: [40, 0, 0], suppliers: 0, cost: 2400)],
            response: Span(10, 10)),
        HandWorkedCase(
            name: "over Easter", site: "OSL", steps: "04-01 15:30 web, 15:50 take, 04-07 08:10 solved",
            ends: [End(service: Span(8180, 20), through: Span(8200, 40), work: [20, 0, 0], suppliers: 0, cost: 1200)],
            response: Span(20, 20)),
        // Amsterdam's lunch is no time of a supplier without hours of its own: 300 less 30. It has no rate.
        HandWorkedCase(
            name: "a supplier without a rate", site: "AMS", kind: .serviceRequest,
            steps: "03-16 09:00 web, 09:10 take, 09:20 refer printwerk, 14:20 fixed printwerk, 14:30 solved",
            ends: [
                End(service: Span(320, 290), through: Span(330, 300), work: [20, 0, 0], suppliers: 270, cost: 1200)
            ],
            response: Span(10, 10)),
        HandWorkedCase(
            name: "withdrawn before anybody looked", site: "OSL", steps: "03-17 08:00 web, 09:00 withdraw",
            ends: [End(service: nil, through: Span(60, 60), work: [0, 0, 0], suppliers: 0, cost: 0)], response: nil),
        HandWorkedCase(
            name: "merged with another", site: "AMS", steps: "03-17 09:00 web, 09:10 take, 09:20 merge", ends: [],
            response: nil),
        HandWorkedCase(
            name: "not solved yet", site: "OSL", steps: "03-18 08:00 web, 08:30 take", ends: [],
            response: Span(30, 30)),
        HandWorkedCase(
            name: "reopened after its end", site: "OSL",
            steps: "03-18 09:00 web, 09:30 take, 10:00 solved, 12:00 close, 13:00 reopen, 13:30 solved",
            ends: [
                End(service: Span(30, 30), through: Span(60, 60), work: [30, 0, 0], suppliers: 0, cost: 1800),
                End(service: Span(30, 30), through: Span(30, 30), work: [30, 0, 0], suppliers: 0, cost: 1800),
            ], response: Span(30, 30)),
    ]
}
