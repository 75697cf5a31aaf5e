public import Foundation
public import JSON

/// One thing that a supplier tells the desk.
public struct SupplierStatement: EventPayload {
    public let exchange: ExchangeKey
    public let content: Content
    /// What the supplier's system knows the note by, where it has a name: so we know our own when it comes back.
    public var item: String?
    /// The identities of the files that came with it and wait at the ticket.
    public var files: [UUID] = []
    /// The files that another desk names with it, to be fetched there.
    public var named: [SharedFile] = []
    /// How urgent and how grave the supplier finds it, in its own words.
    public var priority: String?
    public var severity: String?

    /// Under which words a state is looked up that nobody has mapped, from the nearest: its category, for instance.
    public var broader: [String] = []

    public enum Content: Hashable, Sendable {
        /// The supplier has the ticket, under a number of its own.
        case acknowledged(reference: String)
        case noted(String)
        case asked(String)
        case resolved(String?)
        /// The supplier gives the ticket back without a solution.
        case returned(String?)
        /// The supplier's ticket is in this state, in the supplier's word for it.
        case stated(String, text: String?)
    }

    public init(exchange: UUID, _ content: Content) { self.init(.id(exchange), content) }

    public init(_ exchange: ExchangeKey, _ content: Content, item: String? = nil) {
        (self.exchange, self.content, self.item) = (exchange, content, item)
    }

    private static let acknowledged = "com.meridian.ticket.acknowledged.v1"
    private static let noted = "com.meridian.ticket.noted.v1"
    private static let asked = "com.meridian.ticket.asked.v1"
    private static let resolved = "com.meridian.ticket.resolved.v1"
    private static let returned = "com.meridian.ticket.returned.v1"
    private static let stated = "com.meridian.ticket.stated.v1"

    public static let types = [acknowledged, noted, asked, resolved, returned, stated]

    public var type: String {
        switch content {
        case .acknowledged: Self.acknowledged
        case .noted: Self.noted
        case .asked: Self.asked
        case .resolved: Self.resolved
        case .returned: Self.returned
        case .stated: Self.stated
        }
    }

    public var data: JSON {
        var members = JSONObject([("exchange", exchange.description.json)])
        if case .acknowledged(let reference) = content { members["reference"] = reference.json }
        if case .stated(let state, _) = content { members["state"] = state.json }
        members["priority"] = priority?.json
        members["text"] = text?.json
        let files = files.map(\.json) + named.map(\.json)
        if !files.isEmpty { members["files"] = .array(files) }
        return .object(members)
    }

    /// What the supplier wrote.
    public var text: String? {
        switch content {
        case .acknowledged: nil
        case .noted(let text), .asked(let text): text
        case .resolved(let text), .returned(let text), .stated(_, let text): text
        }
    }

    public static func form(of type: String) -> JSONForm<SupplierStatement> {
        .object { reader in
            let exchange = reader.required("exchange", .uuid)
            let priority = reader.optional("priority", .line(length: 1...100))
            let files = reader.optional("files", .list(of: .stated, count: 0...SharedFile.most)) ?? []
            guard let content = content(of: type, &reader), let exchange else { return nil }
            var statement = SupplierStatement(exchange: exchange, content)
            statement.priority = priority
            for file in files {
                switch file {
                case .waiting(let id): statement.files.append(id)
                case .named(let file): statement.named.append(file)
                }
            }
            return statement
        }
    }

    /// How many characters the words of a statement may have.
    public static let longestText = 20_000

    private static func content(of type: String, _ reader: inout JSONReader) -> Content? {
        let text = JSONForm<String>.text(length: 1...longestText)
        switch type {
        case acknowledged:
            return reader.required("reference", .line(length: 1...100)).map { .acknowledged(reference: $0) }
        case noted: return reader.required("text", text).map { .noted($0) }
        case asked: return reader.required("text", text).map { .asked($0) }
        case resolved: return .resolved(reader.optional("text", text))
        case returned: return .returned(reader.optional("text", text))
        case stated:
            let text = reader.optional("text", text)
            return reader.required("state", .line(length: 1...100)).map { .stated($0, text: text) }
        default: return nil
        }
    }
}

/// A file as a statement tells of it.
private enum StatedFile {
    /// It was sent before the statement.
    case waiting(UUID)
    /// It is to be had where the statement comes from.
    case named(SharedFile)
}

extension JSONForm<StatedFile> {
    fileprivate static var stated: JSONForm {
        JSONForm<JSON>.any.checked(
            "must be the UUID of a file that was sent before, or tell id, name, type, size, sha256 and part of one"
        ) { json in
            if let id = json.string.flatMap({ UUID(uuidString: $0) }) { return .waiting(id) }
            return SharedFile(json).map { .named($0) }
        }
    }
}
