import Desk
import DeskSuppliers
import HTTP
import JSON
import Moments

/// The calls of the Attachment API. A file is sent as it is, and told of with texts alone.
extension ServiceNowAPI: FileInterface {
    private static let attachments = "/api/now/attachment"

    func files(of id: String) async throws(Setback) -> [RemoteFile] {
        let conditions = "table_name=\(terms.table)^table_sys_id=\(id)^ORDERBYsys_created_on"
        var found: [RemoteFile] = []
        var offset: Int? = 0
        while let place = offset {
            let list = try await list(Self.attachments, conditions, ServiceNowFile.fields, from: place)
            let files = list.rows.compactMap { ServiceNowFile(reading: $0) }
            // Without the condition the files of all tickets would come.
            guard files.allSatisfy({ $0.ticket == id }) else {
                throw .refused(
                    because: "the supplier's instance passes over the condition on table_sys_id; let \(terms.user) "
                        + "read this field of sys_attachment")
            }
            found += files.map(RemoteFile.init)
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
        guard let file = ServiceNowFile(reading: try result(of: response)) else {
            throw .postponed(because: "the supplier has taken the file \(name) and does not show it", after: nil)
        }
        return RemoteFile(file)
    }

    func content(of file: AttachedFile) async throws(Setback) -> [UInt8] {
        let path = "\(Self.attachments)/\(PercentCoding.encode(file.id))/file"
        return try await instance.answer(with: file, at: path).body.bytes
    }

    /// What has been attached since a time to rows of the table, whosever these are: a file leaves its ticket as it
    /// is. Where there is very much of it these are the first ones.
    func files(since moment: Moment) async throws(Setback) -> [ServiceNowFile] {
        let conditions = "table_name=\(terms.table)^sys_created_on>=\(moment.serviceNow)^ORDERBYsys_created_on"
        var found: [ServiceNowFile] = []
        var offset: Int? = 0
        for _ in 0..<Self.pages {
            guard let place = offset else { break }
            let list = try await list(Self.attachments, conditions, ServiceNowFile.fields, from: place)
            found += list.rows.compactMap { ServiceNowFile(reading: $0) }.filter { file in
                file.table == terms.table && file.created.map { $0 >= moment } ?? true
            }
            offset = list.next
        }
        return found
    }
}

extension RemoteFile {
    fileprivate init(_ file: ServiceNowFile) { self.init(id: file.id, name: file.name, size: file.size) }
}
