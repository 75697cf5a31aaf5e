import DeskProgram
import DeskWeb
import HTTP
import Intake
import Mail
import Runtime
import Sockets

/// The settings of the gateway.
struct GatewaySettings: Sendable {
    /// A way into the desk that a gateway may open or leave shut.
    enum Door: String, CaseIterable, Sendable {
        case portal, workspace, admin, api, supplier, mail

        /// Whether anything stands behind it; `admin` is a word that may be said, and opens nothing.
        var opens: Bool { self != .admin }
    }

    let desk: DeskSettings
    let reportsURL: String
    let http: ListenAddress
    let lmtp: ListenAddress
    let mailPeers: MailPeers
    let doors: Set<Door>
    let proxies: TrustedProxies
    let limits: ServerLimits
    let hosts: ServedHosts
    let proxyProtocol: Bool
    let largestFile: Int
    let tokenRate: Int

    var servesHTTP: Bool { doors.contains { $0.opens && $0 != .mail } }

    /// The name by which the gateway greets mail servers: that of the desk's own address.
    var hostName: String { desk.publicURL.authority.host }

    static func read(_ reader: inout SettingsReader) throws(SettingsFaults) -> GatewaySettings {
        let desk = reader.desk(program: "intake-gateway", metricsPort: 9101)
        let http = reader.read(
            "MERIDIAN_HTTP", default: .tcp(nil, port: 8080), "Where browsers and programs reach the gateway.",
            ListenAddress.kind, ListenAddress.init)
        let lmtp = reader.read(
            "MERIDIAN_LMTP", default: .tcp(nil, port: 2424), "Where the mail server in front hands mail over (LMTP).",
            ListenAddress.kind, ListenAddress.init)
        let senders = reader.blocks(
            "MERIDIAN_LMTP_FROM",
            "Further addresses from which mail is taken, beside this machine and private networks.")
        let doors = reader.read(
            "MERIDIAN_DOORS", default: Set(Door.allCases), shown: "all",
            "The doors that this gateway opens: portal, workspace, api, supplier, mail. It knows the word admin, "
                + "behind which there is nothing yet.",
            "a list of \(Door.allCases.map(\.rawValue).joined(separator: ",")), or all"
        ) { text in
            text == "all" ? Set(Door.allCases) : list(text) { Door(rawValue: $0) }.map { Set($0) }
        }
        if !doors.contains(where: \.opens) {
            reader.fault(
                "MERIDIAN_DOORS names no door behind which there is anything. Try: leave it out, or name portal.")
        }
        let proxies = reader.trustedProxies()
        let limits = reader.serverLimits()
        let hosts = reader.servedHosts(publicURL: desk?.publicURL)
        let proxyProtocol = reader.proxyProtocol()
        let largestFile = reader.read(
            "MERIDIAN_LARGEST_FILE", default: API.largestFile, shown: "26214400",
            "Most bytes of a file that a program may add to a ticket.", "a number of bytes, at most 2147483648"
        ) { Int($0).flatMap { (1...2_147_483_648).contains($0) ? $0 : nil } }
        let tokenRate = reader.tokenRate()
        let reports = reader.read(
            "MERIDIAN_REPORTS_URL", default: "/reports",
            "Where the report pages begin; a path where a proxy joins the programs under one address.",
            "an http or https URL, or a path"
        ) { $0.hasPrefix("/") || WebAddress($0) != nil ? $0 : nil }
        return try reader.finish {
            desk.map {
                GatewaySettings(
                    desk: $0, reportsURL: reports, http: http, lmtp: lmtp, mailPeers: MailPeers(naming: senders),
                    doors: doors, proxies: proxies, limits: limits, hosts: hosts, proxyProtocol: proxyProtocol,
                    largestFile: largestFile, tokenRate: tokenRate)
            }
        }
    }

    /// The elements between commas; nil if one of them is none.
    private static func list<Element>(_ text: String, _ read: (String) -> Element?) -> [Element]? {
        var elements: [Element] = []
        for word in text.split(separator: ",") {
            let trimmed = word.drop { $0 == " " }
            guard let element = read(String(trimmed.prefix { $0 != " " })) else { return nil }
            elements.append(element)
        }
        return elements.isEmpty ? nil : elements
    }
}
