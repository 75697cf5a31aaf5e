import Assets
import HTML
import HTTP
import Secrets

/// A file that is part of the program: the stylesheet, the icon and what tells of changes. Its address names its
/// content, so that browsers keep it for good and still never show an old one.
struct StaticAsset: Sendable {
    let path: String
    let bytes: [UInt8]
    private let type: String
    private let tag: EntityTag

    static let stylesheet = StaticAsset("/assets/desk.css", file: "web/desk.css", type: "text/css; charset=utf-8")
    static let icon = StaticAsset("/favicon.svg", file: "web/favicon.svg", type: "image/svg+xml")

    /// Tells on a page that it has changed; the pages do without it as well.
    static let changes = StaticAsset(
        "/assets/changes.js", file: "web/changes.js", type: "text/javascript; charset=utf-8")

    private init(_ path: String, file: String, type: String) {
        guard let asset = meridian_asset_find(file) else { preconditionFailure("\(file) is not embedded") }
        bytes = Array(UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length))
        (self.path, self.type) = (path, type)
        tag = EntityTag(String(Digest(sha256: bytes).hex.prefix(16)))
    }

    /// Where pages refer to it.
    var link: Link { Link(local: "\(path)?v=\(tag.text)") ?? "/" }

    static var endpoints: [Endpoint<Void>] {
        [stylesheet, icon, changes].map { asset in
            Endpoint<Void>(.get, asset.path) { request, _ in asset.answer(request) }
        }
    }

    func answer(_ request: Request) -> Response {
        let isNamed = request.query["v"] == tag.text
        var fields: Fields = [
            .entityTag: tag.description,
            .cacheControl: isNamed ? "public, max-age=31536000, immutable" : "public, no-cache",
            "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
        ]
        guard Conditions(request).verdict(tag: tag) != .notModified else {
            return Response(.notModified, fields: fields)
        }
        fields["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return Response(type: type, bytes: bytes, fields: fields)
    }
}
