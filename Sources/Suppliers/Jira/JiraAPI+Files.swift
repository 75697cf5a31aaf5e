import HTTP
import JSON

/// The files at an issue. Jira numbers them as they come, and takes the same one as often as it is sent.
extension JiraAPI: FileInterface {
    func files(of id: String) async throws(Setback) -> [RemoteFile] {
        let list = try await send(.get, "\(path(id))?fields=attachment")["fields"]?["attachment"]?.array ?? []
        return list.compactMap { RemoteFile(attachment: $0) }.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
    }

    func attach(
        _ name: String, type: String, _ bytes: [UInt8], to id: String
    ) async throws(Setback) -> RemoteFile {
        let type = MediaType.essence(ofFile: type)
        let upload = JiraUpload(name, type: type, bytes)
        let response = try await site.answer(
            "\(path(id))/attachments", uploading: upload.body, as: upload.mediaType,
            // Without it the request is taken for one that another site has had a browser send.
            fields: ["X-Atlassian-Token": "no-check"],
            noting: WireRecord.words(for: name, type: type, bytes: bytes.count))
        try check(response)
        guard let file = try JSON(answered: response)[0].flatMap(RemoteFile.init(attachment:)) else {
            throw .postponed(because: "the supplier has taken the file \(name) and does not show it", after: nil)
        }
        return file
    }
}

extension RemoteFile {
    /// - Returns: nil for what is no attachment of an issue.
    fileprivate init?(attachment json: JSON) {
        guard let id = json["id"]?.string, let name = json["filename"]?.string else { return nil }
        self.init(id: id, name: name, size: json["size"]?.integer.map(Int.init))
    }
}
