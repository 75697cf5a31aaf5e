extension HandWorkedCase {
    /// The opening hours that decide: Oslo 8 to 16, Amsterdam 8:30 to 12:30 and 13 to 17:30, Warsaw 7 to 19, its night
    /// team 19 to 7, Singapore 9 to 18 (in Oslo 2 to 11). 2 March 2026 is a Monday; on 29 March Oslo's clocks go
    /// forward; from 2 to 6 April Oslo is closed.
    ///
    /// A minute of the first line costs 50 until 8 March and 60 from then on, of the second 90, of the third 130, of
    /// Fjordnett 150. Nothing is known of Printwerk's.
    static let all: [HandWorkedCase] =
        [
            HandWorkedCase(
                name: "taken and solved", site: "OSL", steps: "03-02 09:00 web, 09:20 take, 10:00 solved",
                ends: [End(service: Span(40, 40), through: Span(60, 60), work: [40, 0, 0], suppliers: 0, cost: 2000)],
                response: Span(20, 20)),
            HandWorkedCase(
                name: "solved on the telephone", site: "OSL", steps: "03-02 10:00 phone, 10:10 solved_first_contact",
                ends: [End(service: Span(10, 10), through: Span(10, 10), work: [10, 0, 0], suppliers: 0, cost: 500)],
                response: Span(0, 0)),
            // 15:30 to 16:00 and 8:00 to 9:00 of the next day.
            HandWorkedCase(
                name: "over night", site: "OSL", steps: "03-02 15:00 web, 15:30 take, 03-03 09:00 solved",
                ends: [
                    End(service: Span(1050, 90), through: Span(1080, 120), work: [90, 0, 0], suppliers: 0, cost: 4500)
                ],
                response: Span(30, 30)),
            // 15:30 on Friday to 8:30 on Monday are 65 hours.
            HandWorkedCase(
                name: "waits over a weekend", site: "OSL", steps: "03-06 15:30 web, 03-09 08:30 take, 09:30 solved",
                ends: [
                    End(service: Span(60, 60), through: Span(3960, 120), work: [60, 0, 0], suppliers: 0, cost: 3600)
                ],
                response: Span(3900, 60)),
            // Half an hour at 50 on Friday, half an hour at 60 on Monday.
            HandWorkedCase(
                name: "the rate changes while it is worked on", site: "OSL",
                steps: "03-06 15:00 web, 15:30 take, 03-09 08:30 solved",
                ends: [
                    End(service: Span(3900, 60), through: Span(3930, 90), work: [60, 0, 0], suppliers: 0, cost: 3300)
                ],
                response: Span(30, 30)),
            // Lunch from 12:30 to 13:00.
            HandWorkedCase(
                name: "over lunch", site: "AMS", steps: "03-03 12:00 web, 12:10 take, 13:30 solved",
                ends: [End(service: Span(80, 50), through: Span(90, 60), work: [50, 0, 0], suppliers: 0, cost: 2500)],
                response: Span(10, 10)),
            // 15 at 50 and 60 at 90; from 8:25 to 10:00 nobody had it in hand.
            HandWorkedCase(
                name: "handed over to the second line", site: "OSL",
                steps: "03-03 08:00 web, 08:10 take, 08:25 give waw-applications, 10:00 take, 11:00 solved",
                ends: [
                    End(service: Span(170, 170), through: Span(180, 180), work: [15, 60, 0], suppliers: 0, cost: 6150)
                ],
                response: Span(10, 10)),
            HandWorkedCase(
                name: "the requester is asked", site: "OSL",
                steps: "03-03 09:00 web, 09:15 take, 09:30 ask, 11:30 reply, 12:00 solved",
                ends: [
                    End(service: Span(165, 45), through: Span(180, 60), work: [45, 0, 0], suppliers: 0, cost: 2250)
                ],
                response: Span(15, 15)),
            HandWorkedCase(
                name: "on hold for a day", site: "OSL",
                steps: "03-03 10:00 web, 10:05 take, 10:35 hold, 03-04 10:35 resume, 11:05 solved",
                ends: [
                    End(service: Span(1500, 60), through: Span(1505, 65), work: [60, 0, 0], suppliers: 0, cost: 3000)
                ],
                response: Span(5, 5)),
            // 30 at 50 and 120 at 150.
            HandWorkedCase(
                name: "a supplier solves it", site: "OSL",
                steps: "03-04 08:00 web, 08:10 take, 08:30 refer fjordnett, 10:30 fixed, 10:40 solved",
                ends: [
                    End(
                        service: Span(150, 150), through: Span(160, 160), work: [30, 0, 0], suppliers: 120, cost: 19500)
                ],
                response: Span(10, 10)),
            // The supplier's time counts in Oslo's hours: 15:20 to 16:00 and 8:00 to 9:20.
            HandWorkedCase(
                name: "a supplier gives it back next day", site: "OSL",
                steps: "03-04 15:00 web, 15:10 take, 15:20 refer fjordnett, 03-05 09:20 back, 09:30 worked_around",
                ends: [
                    End(
                        service: Span(1100, 140), through: Span(1110, 150), work: [20, 0, 0], suppliers: 120,
                        cost: 19000)
                ], response: Span(10, 10)),
            HandWorkedCase(
                name: "too costly", site: "AMS", steps: "03-05 09:00 web, 09:30 take, 10:30 too_costly",
                ends: [
                    End(
                        service: Span(60, 60), through: Span(90, 90), work: [60, 0, 0], suppliers: 0, cost: 3000,
                        isLost: true)
                ], response: Span(30, 30)),
            // 10 at 50 and 100 at 90.
            HandWorkedCase(
                name: "beyond repair", site: "AMS",
                steps: "03-05 13:00 web, 13:10 take, 13:20 give ams-workplace, 13:40 take, 15:20 unrepairable",
                ends: [
                    End(
                        service: Span(130, 130), through: Span(140, 140), work: [10, 100, 0], suppliers: 0, cost: 9500,
                        isLost: true)
                ], response: Span(10, 10)),
            // From 9:00 to 11:00 it counted as resolved.
            HandWorkedCase(
                name: "solved twice", site: "OSL",
                steps: "03-05 08:00 web, 08:30 take, 09:00 solved, 11:00 reopen, 11:30 solved",
                ends: [End(service: Span(60, 60), through: Span(90, 90), work: [60, 0, 0], suppliers: 0, cost: 3000)],
                response: Span(30, 30)),
            // 10 at 60, 30 at 90, 120 at 130.
            HandWorkedCase(
                name: "up to the third line", site: "OSL",
                steps: """
                    03-10 08:00 web, 08:10 take, 08:20 give waw-applications, 08:30 take, 09:00 give osl-platform, \
                    10:00 take, 12:00 solved
                    """,
                ends: [
                    End(
                        service: Span(230, 230), through: Span(240, 240), work: [10, 30, 120], suppliers: 0, cost: 18900
                    )
                ], response: Span(10, 10)),
        ] + more
}
