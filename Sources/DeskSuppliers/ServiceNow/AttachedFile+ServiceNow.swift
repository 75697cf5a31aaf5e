public import Desk
public import JSON
public import Moments

/// A file at a row of ServiceNow, as its Attachment API shows it.
public struct ServiceNowFile: Hashable, Sendable {
    public let id: String
    public let table: String?
    /// The `sys_id` of the row; empty where that is kept from us.
    public let ticket: String
    public let name: String
    public let type: String?
    /// In bytes.
    public let size: Int?
    /// The account that attached it.
    public let author: String?
    public let created: Moment?

    public static let fields = [
        "sys_id", "file_name", "content_type", "size_bytes", "table_name", "table_sys_id", "sys_created_on",
        "sys_created_by",
    ]

    /// - Returns: nil for a row that is none of a file.
    public init?(reading json: JSON) {
        guard let id = json.field("sys_id"), let name = json.field("file_name") else { return nil }
        (self.id, self.name) = (id, name)
        (ticket, table) = (json.field("table_sys_id") ?? "", json.field("table_name"))
        (type, size) = (json.field("content_type"), json.field("size_bytes").flatMap { Int($0) })
        (author, created) = (json.field("sys_created_by"), json.time("sys_created_on"))
    }
}

extension AttachedFile {
    /// What their people have attached to one of our tickets; nil where we have.
    public init?(_ file: ServiceNowFile, at ticket: ServiceNowTicket, under terms: Supplier.ServiceNow) {
        guard let exchange = ticket.exchange, file.ticket == ticket.id, file.author != terms.user else { return nil }
        self.init(
            file.id, at: ticket.id, in: "sn", .id(exchange), name: file.name, type: file.type, size: file.size)
    }
}
