import Desk
import HTTP
import JSON

/// The calls of the Attachment API. A file is sent as it is, and told of with texts alone.
extension ServiceNowAPI: FileInterface {
    private static let attachments = "/api/now/attachment"

    func files(of id: String) async throws(Setback) -> [RemoteFile] {
        let conditions = "table_name=\(terms.table)^table_sys_id=\(id)^ORDERBYsys_created_on"
        var found: [RemoteFile] = []
        var offset: Int? = 0
        while let place = offset {
            let list = try await list(Self.attachments, conditions, RemoteFile.fields, from: place)
            // Without the condition the files of all tickets would come.
            guard list.rows.allSatisfy({ $0["table_sys_id"]?.string == id }) else {
                throw .refused(
                    because: "the supplier's instance passes over the condition on table_sys_id; let \(terms.user) "
                        + "read this field of sys_attachment")
            }
            found += list.rows.compactMap { RemoteFile(row: $0) }
            offset = list.next
        }
        return found
    }

    func attach(
        _ name: String, type: String, _ bytes: [UInt8], to id: String
    ) async throws(Setback) -> RemoteFile {
        var query = Query()
        query.append("table_name", terms.table)
        query.append("table_sys_id", id)
        query.append("file_name", name)
        let type = MediaType.essence(ofFile: type)
        let response = try await instance.answer(
            "\(Self.attachments)/file?\(query.encoded)", uploading: bytes, as: type,
            noting: WireRecord.words(for: name, type: type, bytes: bytes.count))
        guard let file = RemoteFile(row: try result(of: response)) else {
            throw .postponed(because: "the supplier has taken the file \(name) and does not show it", after: nil)
        }
        return file
    }
}

extension RemoteFile {
    fileprivate static let fields = ["sys_id", "file_name", "size_bytes", "table_sys_id"]

    /// - Returns: nil for a row that is none of a file.
    fileprivate init?(row: JSON) {
        guard let id = row["sys_id"]?.string, let name = row["file_name"]?.string else { return nil }
        self.init(id: id, name: name, size: row["size_bytes"]?.string.flatMap { Int($0) })
    }
}
