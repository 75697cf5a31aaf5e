import HTTP

extension Website {
    /// The same answer with the header fields that keep a browser from being used against its owner. A field that the
    /// answer has already, such as a stricter policy for a file, stays.
    func protected(_ response: Response) -> Response {
        var response = response
        for (name, value) in Self.protection where !response.fields.contains(name) { response.fields[name] = value }
        if publicURL.scheme == .https {
            response.fields["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        }
        return response
    }

    /// Links to tickets hold a key, so the address of a page is never told to other sites.
    private static let protection: [(FieldName, String)] = [
        (
            "Content-Security-Policy",
            """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
            connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
            object-src 'none'; require-trusted-types-for 'script'
            """
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=(), camera=(), microphone=()"),
        (.cacheControl, "no-store"),
        (.vary, "Cookie, Accept-Language"),
    ]
}
