import Desk
import DeskSuppliers
import HTTP
import JSON

/// The files at an issue. Jira numbers them as they come, and takes the same one as often as it is sent.
extension JiraAPI: FileInterface {
    func files(of id: String) async throws(Setback) -> [RemoteFile] {
        let response = try await site.answer(.get, "\(path(id))?fields=attachment", upTo: Self.largestIssue)
        try check(response)
        return (JiraIssue(reading: try JSON(answered: response))?.files ?? []).map(RemoteFile.init)
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
        guard let file = try JSON(answered: response)[0].flatMap({ JiraIssue.File(reading: $0) }) else {
            throw .postponed(because: "the supplier has taken the file \(name) and does not show it", after: nil)
        }
        return RemoteFile(file)
    }

    /// The cloud would send us on to where it keeps its files, and we follow nobody.
    func content(of file: AttachedFile) async throws(Setback) -> [UInt8] {
        let id = PercentCoding.encode(file.id)
        let path =
            switch terms.edition {
            case .cloud: "\(platform)/attachment/content/\(id)?redirect=false"
            case .dataCenter: "/secure/attachment/\(id)/\(PercentCoding.encode(file.name))"
            }
        return try await site.answer(with: file, at: path).body.bytes
    }
}

extension RemoteFile {
    fileprivate init(_ file: JiraIssue.File) { self.init(id: file.id, name: file.name, size: file.size) }
}
