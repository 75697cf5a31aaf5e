import Sockets

/// What proxies say of the way of a request.
struct ForwardedReport {
    /// What one proxy saw. Parts that it hides or writes wrongly are nil.
    struct Hop: Equatable {
        var client: IPAddress?
        var scheme: WebAddress.Scheme?
        var authority: Authority?
    }

    static let fields: [FieldName] = [
        .forwarded, "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP",
    ]

    /// In the order in which the request passed the proxies.
    let hops: [Hop]

    init(_ fields: Fields, in family: ForwardedFields) {
        if family == .forwarded {
            hops = fields[.forwarded].map { Self.elements($0).map(Self.hop) } ?? []
            return
        }
        let clients = Self.list(fields["X-Forwarded-For"])
        let schemes = Self.list(fields["X-Forwarded-Proto"])
        let hosts = Self.list(fields["X-Forwarded-Host"])
        let count = max(clients.count, schemes.isEmpty && hosts.isEmpty ? 0 : 1)
        hops = (0..<count).map { place in
            Hop(
                client: place < clients.count ? Self.address(clients[place]) : nil,
                scheme: Self.aligned(schemes, place, count).flatMap { WebAddress.Scheme(rawValue: $0.lowercased()) },
                authority: Self.aligned(hosts, place, count).flatMap { Authority($0) })
        }
    }

    /// A field with one value for each hop is read by position. A single value is that of the nearest proxy.
    private static func aligned(_ values: [String], _ place: Int, _ count: Int) -> String? {
        if values.count == count { return values[place] }
        return place == count - 1 ? values.last : nil
    }

    private static func list(_ field: String?) -> [String] {
        (field ?? "").split(separator: ",").map { String($0.filter { $0 != " " && $0 != "\t" }) }
    }

    private static func hop(_ element: String) -> Hop {
        // A parameter list begins with a word, which these elements lack.
        guard let list = ParameterList(";\(element)") else { return Hop() }
        return Hop(
            client: list["for"].flatMap(address),
            scheme: list["proto"].flatMap { WebAddress.Scheme(rawValue: $0.lowercased()) },
            authority: list["host"].flatMap { Authority($0) })
    }

    /// Splits at commas outside quotes.
    private static func elements(_ field: String) -> [String] {
        var elements = [""]
        var isQuoted = false
        for character in field {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                elements.append("")
            } else {
                elements[elements.count - 1].append(character)
            }
        }
        return elements
    }

    /// An address with or without port; nil for names and hidden ones.
    private static func address(_ text: String) -> IPAddress? {
        if let address = IPAddress(text) { return address }
        return Authority(text).flatMap { IPAddress($0.host) }
    }
}
