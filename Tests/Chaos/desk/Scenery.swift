import Desk
import DeskStore
import JSON
import Moments
import SeedTestSupport
import TimeZones

/// Who asks for help, with what words, and when.
struct Scenery {
    private static let openings = [
        "The printer is on fire", "VPN kobler ned hver time", "Skrivaren skriver inte", "Ik kan niet inloggen",
        "Drukarka nie drukuje", "The whole office is offline", "Need a new laptop", "How do I share a folder?",
        "Salary was not paid", "Outlook henter ikke post", "Password expired", "Network is slow on floor 3",
    ]

    /// A request for help, at any site and by any channel.
    func submission(in directory: Directory, _ random: inout Seed) -> Submission {
        let sites = directory.organisation.sites.map(\.code)
        let site = sites.randomElement(using: &random).flatMap { directory.sites[$0] }
        let subject = words(&random)
        let categories = directory.organisation.categories.map(\.code)
        let category = Bool.random(using: &random) ? categories.randomElement(using: &random) : nil
        return Submission(
            from: contact(&random),
            subject: subject, text: "\(subject). It began some hours ago, and we wait.",
            channel: [.web, .mail, .api, .phone, .counter, .chat].randomElement(using: &random) ?? .web,
            site: Int.random(in: 0..<10, using: &random) == 0 ? nil : site,
            kind: [nil, .incident, .serviceRequest, .informationRequest].randomElement(using: &random) ?? nil,
            category: category.flatMap { directory.categories[$0] },
            impact: Impact.allCases.randomElement(using: &random),
            urgency: Urgency.allCases.randomElement(using: &random))
    }

    /// What somebody needs, in a few words.
    func words(_ random: inout Seed) -> String { Self.openings.randomElement(using: &random) ?? "" }

    /// Somebody who asks, in a language of his.
    func contact(_ random: inout Seed) -> Contact {
        let number = Int.random(in: 1...200, using: &random)
        return Contact(
            address: "person\(number)@customer.example", name: "Person \(number)",
            language: ["en", "nb", "sv", "nl", "pl"].randomElement(using: &random))
    }

    /// How long until the next one asks: minutes on working days, longer at night.
    func pause(after moment: Moment, _ random: inout Seed) -> Duration {
        let hour = moment.seconds / 3600 % 24
        let day = (moment.seconds / 86_400 + 4) % 7
        let isBusy = (6..<18).contains(hour) && (1...5).contains(day)
        return .microseconds(Int.random(in: 1...(isBusy ? 1_600_000_000 : 14_000_000_000), using: &random))
    }

    /// How long until somebody does something about a ticket.
    func thought(_ random: inout Seed) -> Duration {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: .zero
        case 1..<11: .microseconds(Int.random(in: 1...2_700_000_000, using: &random))
        case 11..<18: .seconds(Int.random(in: 3600...30_000, using: &random))
        default: .seconds(Int.random(in: 30_000...250_000, using: &random))
        }
    }
}
