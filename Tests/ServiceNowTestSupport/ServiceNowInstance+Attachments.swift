import Foundation
import HTTP
import JSON
import SupplierTestSupport
import Synchronization

/// The Attachment API.
extension ServiceNowInstance {
    func attachment(_ request: Request, _ path: [String], _ query: [String: String]) -> Response {
        switch (request.method, path.count, path.last) {
        case (.post, 2, "file"): return keep(request, query)
        case (.get, 1, _):
            // It shows its rows whole, whichever fields are asked for.
            return list(attachments, "attachment", query.filter { $0.key != "sysparm_fields" }, isSecond: true)
        case (.get, 3, "file"):
            let found = content.withLock { $0.attachments.first { $0.row["sys_id"] == path[1] } }
            guard let found else { return refusal(404) }
            return Response(.ok, type: found.row["content_type"] ?? "application/octet-stream", bytes: found.bytes)
        default: return refusal(404)
        }
    }

    private func keep(_ request: Request, _ query: [String: String]) -> Response {
        guard query["table_name"] == "incident", let name = query["file_name"], !name.isEmpty,
            let incident = incidents.first(where: { $0["sys_id"] == query["table_sys_id"] })
        else { return refusal(400, "Failed to create the attachment.") }
        let file = PlayedFile(name, type: request.fields[.contentType] ?? "", request.body.bytes)
        if file.bytes.count > traits.largestFile { return refusal(413) }
        if traits.refusedEndings.contains(where: { name.lowercased().hasSuffix(".\($0)") }) {
            return refusal(403, "File type is not allowed: \(name)")
        }
        return json(201, ["result": Self.object(keep(file, by: traits.user, at: incident["sys_id"] ?? ""))])
    }

    /// Keeps a file beside its incident, which does not change by that.
    @discardableResult
    func keep(_ file: PlayedFile, by user: String, at incident: String) -> Row {
        let now = now
        return content.withLock { content in
            let id = Self.id(content.next())
            let row: Row = [
                "sys_id": id, "file_name": file.name, "table_name": "incident", "table_sys_id": incident,
                "size_bytes": String(file.bytes.count), "sys_created_on": now, "sys_created_by": user,
                "content_type": file.type, "download_link": "\(url)/api/now/attachment/\(id)/file",
            ]
            content.attachments.append((row, file.bytes))
            return row
        }
    }

    private static func object(_ row: Row) -> JSON {
        var object = JSONObject()
        for name in row.keys.sorted() { object[name] = row[name].map { .string($0) } }
        return .object(object)
    }
}

/// The words of Basic (RFC 7617).
enum Basic {
    static func encoded(_ words: String) -> String { Data(words.utf8).base64EncodedString() }
}
