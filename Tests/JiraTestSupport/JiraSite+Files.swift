import HTTP
import JSON
import SupplierTestSupport
import Synchronization

/// The files at issues.
extension JiraSite {
    /// Takes each part of a form that is called `file`; only from those who say that no browser was made to send it.
    func attach(_ request: Request, to issue: Issue) -> Response {
        guard request.fields["X-Atlassian-Token"] == "no-check" else { return refusal(403, "XSRF check failed") }
        guard traits.takesFiles else {
            return refusal(403, "You do not have permission to create attachments for this issue.")
        }
        guard let files = try? Self.files(in: request) else { return refusal(400, "The form cannot be read.") }
        if files.contains(where: { $0.bytes.count > traits.largestFile }) {
            return refusal(413, "The file exceeds its maximum permitted size of \(traits.largestFile) bytes.")
        }
        return Response(.ok, json: JSON.array(keep(files, by: Self.account, at: issue.id).map(json)).bytes())
    }

    @discardableResult
    func keep(
        _ files: [PlayedFile], by author: String, at issue: String
    ) -> [(id: String, author: String, content: PlayedFile)] {
        let kept = content.withLock { content in files.map { (id: content.next(), author: author, content: $0) } }
        change(issue) { $0.files += kept }
        return kept
    }

    /// Where a file is: the cloud sends whoever does not say otherwise to where it really is.
    func file(_ request: Request, _ id: String) -> Response {
        guard let file = issues.lazy.flatMap(\.files).first(where: { $0.id == id }) else { return refusal(404) }
        if traits.isCloud, request.query["redirect"] != "false" {
            return Response(.seeOther, fields: [.location: "https://media.example/\(id)"])
        }
        return Response(.ok, type: file.content.type, bytes: file.content.bytes)
    }

    func json(_ file: (id: String, author: String, content: PlayedFile)) -> JSON {
        let place = traits.isCloud ? "rest/api/3/attachment/content/\(file.id)" : "secure/attachment/\(file.id)/x"
        return .object([
            "id": file.id, "filename": file.content.name, "size": file.content.bytes.count,
            "mimeType": file.content.type, "content": "\(url)/\(place)",
            "author": JSON.object([authorName: file.author.json]),
        ])
    }

    private static func files(in request: Request) throws -> [PlayedFile] {
        guard var parser = request.contentType.flatMap({ MultipartParser($0) }) else { return [] }
        parser.feed(request.body.bytes)
        var files: [PlayedFile] = []
        var part: (head: MultipartParser.Head, bytes: [UInt8])?
        while let event = try parser.next() {
            switch event {
            case .part(let head): part = (head, [])
            case .data(let bytes): part?.bytes += bytes
            case .endOfPart:
                if let part, part.head.name == "file", let name = part.head.filename {
                    files.append(PlayedFile(name, type: part.head.type?.essence ?? "", part.bytes))
                }
            }
        }
        try parser.finish()
        return files
    }
}
