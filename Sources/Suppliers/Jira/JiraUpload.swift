import Foundation
import HTTP

/// A file as a form brings it whose only part it is (RFC 7578).
struct JiraUpload {
    private let boundary: String
    let body: [UInt8]

    /// - Parameter type: the media type without parameters.
    init(_ name: String, type: String, _ bytes: [UInt8]) {
        // 122 bits of chance occur in no file.
        boundary = "meridian-\(UUID().uuidString.lowercased())"
        let head = [
            "--\(boundary)",
            "Content-Disposition: form-data; name=\"file\"; filename=\"\(Self.escaped(name))\"",
            "Content-Type: \(type)",
        ]
        let opening = head.joined(separator: "\r\n") + "\r\n\r\n"
        body = Array(opening.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    var mediaType: String { "multipart/form-data; boundary=\(boundary)" }

    /// A name as browsers write it: in UTF-8, with what would end the name or the line percent-encoded (RFC 7578,
    /// section 4.2).
    private static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": text += "%22"
            case "\r": text += "%0D"
            case "\n": text += "%0A"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
