import Desk
import Glibc
import Runtime
import TimeZones

extension Command {
    static let clock = Command(
        words: ["clock"], summary: "Calculate with business calendars: JSON lines in, JSON lines out",
        details: """
            Each line of standard input is one question; its answer is one line on standard output. C is a calendar, T a
            moment by RFC 3339, N a number of seconds:
              {"op":"add","calendar":C,"start":T,"seconds":N}      when N seconds of opening hours have passed
              {"op":"elapsed","calendar":C,"from":T,"to":T}        seconds of opening hours between two moments
              {"op":"open","calendar":C,"at":T}                    whether it is open
              {"op":"next_open","calendar":C,"at":T}               when it is open next
            A calendar:
              {"zone":"Europe/Oslo","weekly":{"mon":[["08:00","12:00"],["13:00","16:00"]]},
               "holidays":["2026-12-25","--05-01"],"special":{"2026-12-24":[["08:00","12:00"]]}}
            What cannot be answered, a blank line too, is answered with {"error":"…"}.
            """
    ) { _ in
        let zones = TimeZones()
        var calculator = ClockCalculator { try zones.zone($0) }
        var input = LineInput(descriptor: STDIN_FILENO)
        while let lines = try input.next() {
            var answers: [UInt8] = []
            for line in lines {
                answers += Array("\(calculator.answer(line))\n".utf8)
            }
            Terminal.write(bytes: answers, to: .output)
        }
        return .success
    }
}
