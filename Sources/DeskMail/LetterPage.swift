import HTML

/// A letter as HTML, for programs that prefer it.
///
/// One column of tables with styles on each element, because many programs drop style sheets; nothing is fetched from
/// anywhere. Text and ground keep the colours of the reader's program, light or dark: what has a colour of its own is
/// told from both.
struct LetterPage {
    /// The tag of the language in which it is written.
    let language: String
    let subject: String
    let desk: String
    /// By what the reader knows the matter; the number may be empty.
    let name: (number: String, subject: String)
    let parts: [LetterPart]

    var html: String {
        let number: HTML = name.number.isEmpty ? "" : "<strong>\(name.number)</strong> · "
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="\(language)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
            <title>\(subject)</title></head>
            <body style="margin:0;padding:0;word-break:break-word">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
            <td align="center" style="padding:24px 16px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"
            style="max-width:600px;border-top:4px solid #2a6fc0;text-align:left"><tr>
            <td style="padding:20px 0 0;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
            font-size:16px;line-height:1.5">
            <p style="margin:0 0 4px;font-size:14px">\(number)\(desk)</p>
            <h1 dir="auto" style="margin:0 0 24px;font-size:22px;line-height:1.3;font-weight:600">\(name.subject)</h1>
            \(parts.map(Self.html))
            </td></tr></table>
            </td></tr></table>
            </body></html>

            """
        return page.markup
    }

    private static func html(_ part: LetterPart) -> HTML {
        switch part {
        case .sentence(let text): HTML(prose: text)
        case .words(let text):
            """
            <blockquote dir="auto" style="margin:16px 0;padding:1px 0 1px 16px;border-left:4px solid #8a8a8a">\
            \(HTML(prose: text))</blockquote>

            """
        case .block(let text):
            """
            <pre dir="auto" style="margin:16px 0;padding:12px;border:1px solid #8a8a8a;border-radius:6px;\
            font-size:14px;white-space:pre-wrap">\(text)</pre>

            """
        case .way(let link, let sentence, let label): button(to: link, label) ?? HTML(prose: sentence)
        case .footer(let text):
            """
            <div style="margin:24px 0 0;padding:4px 0 0;border-top:1px solid #8a8a8a;font-size:14px">\
            \(HTML(prose: text))</div>

            """
        }
    }

    private static func button(to address: String, _ label: String) -> HTML? {
        guard let link = Link(address) else { return nil }
        return """
            <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0"><tr>
            <td bgcolor="#2a6fc0" style="background-color:#2a6fc0;border-radius:6px">
            <a href="\(link)" style="display:inline-block;padding:12px 24px;border:1px solid #2a6fc0;border-radius:6px;\
            color:#ffffff;font-weight:600;text-decoration:none">\(label)</a></td></tr></table>

            """
    }
}
