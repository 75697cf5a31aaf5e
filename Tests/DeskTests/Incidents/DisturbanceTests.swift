import Desk
import Testing

@Suite("Whether a report is about an announced disturbance")
struct DisturbanceTests {
    private let mail = Disturbance(
        category: "network", titles: ["VPN is slow today", "VPN är långsam", "Poczta i VPN działają wolno"])

    @Test(
        "Words in any of its languages and the category decide",
        arguments: [
            ("The VPN is terribly slow", "vpn", .sure),
            ("min vpn är så långsam", "network", .sure),
            ("VPN", "vpn", .possible),
            ("The VPN is terribly slow", nil, .possible),
            ("The VPN is terribly slow", "printing", .possible),
            ("It is at the office", "vpn", .possible),
            ("It is at the office", nil, .none),
            ("Slowly, the printer prints", "printing", .none),
        ] as [(String, String?, Disturbance.Likeness)])
    func words(text: String, category: String?, expected: Disturbance.Likeness) throws {
        let organisation = try ExampleOrganisation.organisation()
        #expect(mail.likeness(to: text, category: category, kind: .incident, in: organisation) == expected)
        #expect(mail.likeness(to: text, category: category, kind: .serviceRequest, in: organisation) == .none)
    }

    @Test("A title of one telling word needs no second one, and a title of none is never sure")
    func shortTitles() throws {
        let organisation = try ExampleOrganisation.organisation()
        let one = Disturbance(category: "vpn", titles: ["VPN"])
        #expect(one.likeness(to: "no vpn here", category: "vpn", kind: .incident, in: organisation) == .sure)
        let none = Disturbance(category: "vpn", titles: ["It is so"])
        #expect(none.likeness(to: "it is so", category: "vpn", kind: .incident, in: organisation) == .possible)
        let whole = Disturbance(category: "vpn", titles: ["VPN"])
        #expect(whole.likeness(to: "vpn", category: "network", kind: .incident, in: organisation) == .possible)
    }
}
