public import HTTP
public import Testing

/// What every answer with a page must have, whatever the page.
public func expectPage(
    _ response: Response, _ status: Status = .ok, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(response.status == status, sourceLocation: sourceLocation)
    #expect(response.fields[.contentType] == "text/html; charset=utf-8", sourceLocation: sourceLocation)
    let policy = response.fields["Content-Security-Policy"] ?? ""
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"] {
        #expect(policy.contains(rule), "the policy lacks \(rule)", sourceLocation: sourceLocation)
    }
    #expect(!policy.contains("unsafe-inline"), sourceLocation: sourceLocation)
    let wanted: [(FieldName, String)] = [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"), (.cacheControl, "no-store"),
    ]
    for (name, value) in wanted {
        #expect(response.fields[name] == value, "\(name)", sourceLocation: sourceLocation)
    }
    // A page may load our own files, and holds no script itself.
    let text = response.text.replacing(/<script src="\/assets\/[^"]+" defer><\/script>/, with: "")
    #expect(text.hasPrefix("<!DOCTYPE html>"), sourceLocation: sourceLocation)
    for forbidden in ["style=\"", "<script", "javascript:", " onclick"] {
        #expect(!text.contains(forbidden), "the page contains \(forbidden)", sourceLocation: sourceLocation)
    }
    for needed in ["<a class=\"skip-link\"", "<main ", "id=\"content\"", "<h1", "lang=\""] {
        #expect(text.contains(needed), "the page lacks \(needed)", sourceLocation: sourceLocation)
    }
}
