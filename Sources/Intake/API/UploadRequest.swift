import DeskStore
import HTTP

/// A file that a program sends: as the body itself, or as the one file of a form.
enum UploadRequest {
    /// - Throws: `Problem` where there is no file.
    static func upload(_ request: Request) throws -> Upload {
        let type = request.contentType
        if type?.essence == "multipart/form-data" {
            guard let file = try request.form().files.first else { throw missing }
            return Upload(
                name: name(file.name), type: file.type?.essence ?? "application/octet-stream", bytes: file.bytes)
        }
        guard !request.body.bytes.isEmpty else { throw missing }
        return Upload(
            name: name(request.query["name"] ?? ""), type: type?.essence ?? "application/octet-stream",
            bytes: request.body.bytes)
    }

    private static var missing: Problem {
        Problem(
            .unprocessableContent, detail: "Send the bytes of the file as the body, and its name as ?name=, or a form.")
    }

    /// The last part of a path, without what could deceive whoever reads or saves it.
    static func name(_ sent: String) -> String {
        let last = sent.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var name = ""
        for scalar in last.unicodeScalars where !isDeceptive(scalar) && name.utf8.count < 200 {
            name.unicodeScalars.append(scalar)
        }
        let bare = name.drop { $0 == "." || $0 == " " }
        return bare.isEmpty ? "attachment" : String(bare)
    }

    private static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
