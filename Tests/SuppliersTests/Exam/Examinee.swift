import DeskSuppliers
import JiraTestSupport
import PostgresTestSupport
import Runtime
import ServiceNowTestSupport
import SupplierTestSupport
import Testing
import TroubleTicketTestSupport

/// A way of exchange with a habit that such systems have. Whoever writes a connector adds his system here.
struct Examinee: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What stands in the organisation document beside what the system needs.
    var terms: [String: String] = [:]
    /// Whether a note can be taken away that a proxy has brought twice, or is known by its identity.
    var takesBack = true
    /// Whether a ticket shows at once that was opened twice; if not, the next message ends it.
    var showsTwins = true
    /// Whether it is told what the requester is told, and not only what is said to it.
    var hearsMessages = true
    /// Whether files can be attached to its tickets.
    var takesFiles = true
    /// Whether its people attach files without words, which are found when it is asked.
    var hasBareFiles = true
    let make: @Sendable (ManualTime) throws -> any PlayedSystem

    static let all = [webhook, mail, portal, sister] + troubleTickets + serviceNow + jira

    /// Those of which no file may have more than nine bytes.
    static let sparing = [
        troubleTicket("TMF621 with little room") { $0.largestFile = 9 },
        jira("Jira with little room") { $0.largestFile = 9 },
        Examinee("ServiceNow with little room") { clock in
            var traits = ServiceNowInstance.Traits()
            traits.largestFile = 9
            return try ServiceNowInstance(traits: traits, time: clock, loops: TestDatabase.loops)
        },
    ]

    private static let webhook: Examinee = {
        var examinee = Examinee("webhook") { try WebhookSystem(clock: $0, loops: TestDatabase.loops) }
        // Whoever gets webhooks fetches files, as is seen of another desk.
        examinee.takesFiles = false
        return examinee
    }()

    private static let mail: Examinee = {
        var examinee = Examinee("mail") { try MailSystem(clock: $0) }
        // A mail for each word would be too many.
        examinee.hearsMessages = false
        examinee.hasBareFiles = false
        return examinee
    }()

    private static let portal: Examinee = {
        var examinee = Examinee("portal") { try PortalSystem(clock: $0) }
        // Its people fetch what a page shows.
        examinee.takesFiles = false
        return examinee
    }()

    static let sister: Examinee = {
        var examinee = Examinee("another desk") {
            try WebhookSystem(clock: $0, loops: TestDatabase.loops, isDesk: true)
        }
        examinee.hasBareFiles = false
        return examinee
    }()

    private static let troubleTickets = [
        troubleTicket("TMF621 v5"), troubleTicket("TMF621 v4", .v4),
        troubleTicket("TMF621 that passes over conditions") {
            ($0.ignoresConditions, $0.tellsWhoAttached) = (true, false)
        },
        troubleTicket("TMF621 without operations") { ($0.hasOperations, $0.keepsFilesInTickets) = (false, true) },
    ]

    private static func troubleTicket(
        _ name: String, _ version: TroubleTicketVersion = .v5,
        _ habit: @escaping @Sendable (inout TroubleTicketSystem.Traits) -> Void = { _ in }
    ) -> Examinee {
        Examinee(name) { clock in
            var traits = TroubleTicketSystem.Traits()
            habit(&traits)
            return try TroubleTicketSystem(version, traits: traits, time: clock, loops: TestDatabase.loops)
        }
    }

    private static let serviceNow = [
        serviceNow("ServiceNow"),
        serviceNow("ServiceNow with tokens, in comments", ["sign_in": "client_credentials", "writes": "comments"]),
    ]

    private static func serviceNow(_ name: String, _ terms: [String: String] = [:]) -> Examinee {
        var examinee = Examinee(name, terms) { try ServiceNowInstance(time: $0, loops: TestDatabase.loops) }
        // Nobody takes anything away from a journal.
        examinee.takesBack = false
        return examinee
    }

    private static let jira = [
        jira("Jira"), jira("Jira Data Center") { $0.isCloud = false },
        jira("Jira's service desk") { $0.hasServiceDesk = true },
        jira("Jira with a slow index") { $0.indexLag = 90 },
        jira("Jira that keeps properties to itself") { $0.tellsProperties = false },
    ]

    private static func jira(
        _ name: String, _ habit: (inout JiraSite.Traits) -> Void = { _ in }
    ) -> Examinee {
        var traits = JiraSite.Traits()
        habit(&traits)
        var examinee = Examinee(name) { [traits] clock in
            try JiraSite(traits: traits, time: clock, loops: TestDatabase.loops)
        }
        examinee.showsTwins = traits.indexLag == 0
        return examinee
    }

    private init(
        _ name: String, _ terms: [String: String] = [:],
        _ make: @escaping @Sendable (ManualTime) throws -> any PlayedSystem
    ) {
        (testDescription, self.terms, self.make) = (name, terms, make)
    }
}
