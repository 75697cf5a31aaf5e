import CPostgres

/// Where a database is and as whom to use it, in either of libpq's forms: `postgresql://user@host1,host2/name?…` or
/// `host=… dbname=…`.
public struct ConnectionString: Sendable, Equatable {
    struct Keyword: Sendable, Equatable {
        let name: String
        var value: String
    }

    private(set) var keywords: [Keyword]

    /// Nil if libpq cannot read the text.
    public init?(_ text: String) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            PQfreemem(message)
            return nil
        }
        defer { PQconninfoFree(options) }
        keywords = []
        var option = options
        while let name = option.pointee.keyword {
            if let value = option.pointee.val {
                keywords.append(Keyword(name: String(cString: name), value: String(cString: value)))
            }
            option += 1
        }
        guard hosts != nil else { return nil }
    }

    /// The value that the text gives for a keyword of libpq, such as `dbname`.
    public func value(of keyword: String) -> String? {
        keywords.first { $0.name == keyword }?.value
    }

    /// The same with another value for one keyword.
    public func with(_ keyword: String, _ value: String) -> ConnectionString {
        var changed = self
        changed.keywords.removeAll { $0.name == keyword }
        changed.keywords.append(Keyword(name: keyword, value: value))
        return changed
    }

    /// The text in the form `keyword='value' …`. It holds the password, if one was given.
    public var text: String {
        keywords.map { keyword in
            let value = keyword.value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
            return "\(keyword.name)='\(value)'"
        }
        .joined(separator: " ")
    }
}

extension ConnectionString: CustomStringConvertible {
    /// Hosts, database and user, for logs; never a password.
    public var description: String {
        let places = (hosts ?? []).map { $0.port.isEmpty ? $0.name : "\($0.name):\($0.port)" }
        let user = value(of: "user").map { "\($0)@" } ?? ""
        return "\(user)\(places.joined(separator: ","))/\(value(of: "dbname") ?? "")"
    }
}

extension ConnectionString {
    /// One server of the list.
    struct Host: Sendable, Equatable {
        /// A name, an address, or the folder of a Unix socket; empty for libpq's default.
        var name: String
        /// Where to connect instead of asking for the name's address; empty to ask.
        var address: String
        var port: String

        /// Whether a name has to be looked up before libpq can connect without blocking.
        var needsLookup: Bool {
            address.isEmpty && !name.isEmpty && !name.hasPrefix("/") && !name.hasPrefix("@")
        }
    }

    /// The servers in order; nil if the lists of hosts, addresses and ports do not fit one another.
    var hosts: [Host]? {
        func list(_ keyword: String) -> [String] {
            guard let value = value(of: keyword), !value.isEmpty else { return [] }
            return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let names = list("host")
        let addresses = list("hostaddr")
        let ports = list("port")
        let count = max(names.count, addresses.count, 1)
        guard [0, count].contains(names.count), [0, count].contains(addresses.count),
            [0, 1, count].contains(ports.count)
        else { return nil }
        return (0..<count).map { index in
            Host(
                name: names.isEmpty ? "" : names[index],
                address: addresses.isEmpty ? "" : addresses[index],
                port: ports.isEmpty ? "" : ports[ports.count == 1 ? 0 : index])
        }
    }

    /// The keywords and values for a connection to one server of the list, with `defaults` for what the text leaves
    /// out.
    func parameters(
        for host: Host, sessionAttributes: String, defaults: [(String, String)]
    ) -> [(String, String)] {
        var parameters: [(String, String)] = keywords.compactMap { keyword in
            let isPerHost = ["host", "hostaddr", "port", "target_session_attrs"].contains(keyword.name)
            return isPerHost ? nil : (keyword.name, keyword.value)
        }
        let place = [("host", host.name), ("hostaddr", host.address), ("port", host.port)]
        parameters += place.filter { !$0.1.isEmpty }
        parameters.append(("target_session_attrs", sessionAttributes))
        return parameters + defaults.filter { value(of: $0.0) == nil }
    }
}
