public import Catalogue
public import DeskStore
import Foundation
import HTML
public import HTTP

/// A mail as it looked, as a page of its own for a frame that can do nothing: it runs nothing, fetches nothing, and is
/// apart from the desk around it.
public struct MailFrame: Sendable {
    private let page: HTML

    /// Pictures of a mail are written into its page up to this many bytes; those beyond are named.
    static let mostPictureBytes = 6_000_000

    /// - Parameters:
    ///   - html: what was kept of the entry; it is cleaned again, so that rules that have become stricter since hold.
    ///   - pictures: addresses of the entry's pictures by their `cid:`.
    init(_ html: String, pictures: [String: String], wording: Wording) {
        let clean = SafeHTML.clean(html) { pictures[$0] }
        let blocked = "<span class=\"\(SafeHTML.blockedPicture)\""
        let words: HTML = "<span data-words=\"\(wording(.mailPictureBlocked))\""
        let shown = QuotedHTML.folded(
            HTML(raw: clean.markup.replacing(blocked, with: words.markup + blocked.dropFirst("<span".count))),
            words: wording(.foldQuote), language: wording.language.tag)
        page = """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(wording(.mailAsSent))</title>\
            \(Self.style)</head><body dir="auto">\(shown)</body></html>
            """
    }

    /// What comes with a mail looks as its sender meant it, on white, whatever the page around it looks like.
    private static let style: HTML = """
        <style>:root{color-scheme:light}body{margin:12px;background:#fff;color:#111;font:15px/1.5 system-ui,sans-serif;\
        overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}\
        blockquote{margin:0 0 0 4px;padding-left:12px;border-left:3px solid #bbb}\
        .mail-quotation{margin:12px 0}.mail-quotation>summary{display:inline-block;padding:4px 10px;cursor:pointer;\
        border:1px solid #767676;border-radius:4px;background:#f4f4f4;color:#333;font:13px/1.4 system-ui,sans-serif}\
        .mail-quotation>summary:focus-visible{outline:2px solid #0b57d0;outline-offset:2px}\
        .mail-quotation[open]>summary{margin-bottom:8px}\
        .remote-picture{display:inline-block;padding:2px 8px;border:1px dashed #666;border-radius:4px;color:#444;\
        background:#f4f4f4;font:13px/1.4 system-ui,sans-serif}\
        .remote-picture::before{content:attr(data-words) " "}</style>
        """

    public var response: Response {
        var response = Response(.ok, html: page.markup)
        response.fields["Content-Security-Policy"] = """
            sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; \
            style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'
            """
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields[.cacheControl] = "private, no-store"
        return response
    }
}

extension Website {
    /// The page of a mail as it looked; nil if it is text alone.
    public func mailFrame(_ entry: EntryView, seeing sight: Sight, wording: Wording) async throws -> MailFrame? {
        guard let html = try await store.html(of: entry.id, seeing: sight) else { return nil }
        var pictures: [String: String] = [:]
        var room = MailFrame.mostPictureBytes
        for file in entry.attachments {
            guard let id = file.contentID, file.isPicture, file.size <= room, html.contains("cid:") else { continue }
            room -= Int(file.size)
            let bytes = try await store.bytes(of: file, seeing: sight)
            pictures["cid:" + id] = "data:\(file.type);base64,\(Data(bytes).base64EncodedString())"
        }
        return MailFrame(html, pictures: pictures, wording: wording)
    }
}

extension AttachmentView {
    /// Whether a browser shows it as a picture, and as nothing else: a drawing can hold a program.
    var isPicture: Bool { ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"].contains(type) }

    /// Whether it says who wrote a mail, and nothing to a reader.
    var isSignature: Bool {
        ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"].contains(type)
    }

    /// Whether it is a mail that only its recipient's own program can open; signed mail is opened when it comes.
    var isEncrypted: Bool {
        ["application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"].contains(type)
    }
}
