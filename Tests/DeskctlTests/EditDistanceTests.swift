import Testing

@testable import deskctl

@Suite("The distance between words")
struct EditDistanceTests {
    @Test(
        "counts what a hasty hand does",
        arguments: [
            ("migrate", "migrate", 0), ("migrat", "migrate", 1), ("mirgate", "migrate", 1), ("mgirat", "migrate", 2),
            ("", "up", 2), ("tikcet", "ticket", 1), ("jobs", "tickets", 6),
        ])
    func distance(first: String, second: String, distance: Int) {
        #expect(first.distance(to: second) == distance)
        #expect(second.distance(to: first) == distance)
    }

    @Test("names the word that was meant, and none where the guess would be wild")
    func nearest() {
        let words = ["migrate", "ticket", "token", "up", "apply"]
        #expect("migrat".nearest(in: words) == "migrate")
        #expect("tokn".nearest(in: words) == "token")
        #expect("mig".nearest(in: words) == "migrate")
        #expect("elephant".nearest(in: words) == nil)
        #expect("".nearest(in: words) == nil)
        #expect("up".nearest(in: []) == nil)
    }
}
