/// What no endpoint can carry out in the way that is asked, whatever it is for (RFC 9110).
enum RequestMeaning {
    /// Passes if the request means what it seems to mean.
    ///
    /// - Parameter isTrusted: whether a proxy sent it that may speak for connections of its own.
    static func check(_ request: Request, framing: BodyFraming, isTrusted: Bool) throws(Problem) {
        // Whoever asks for an encrypted origin over a connection that is not has been led astray (section 7.4).
        if request.target.scheme == .https, request.scheme != .https, !isTrusted {
            throw Problem(
                .misdirectedRequest, detail: "An https address must be asked for over an encrypted connection.")
        }
        guard framing != .none else { return }
        // Coded content would be taken for the content itself (section 8.4).
        if let codings = request.fields[.contentEncoding], !isIdentity(codings) {
            throw Problem(
                .unsupportedMediaType, detail: "Send the content as it is: no content coding is understood.",
                fields: ["Accept-Encoding": "identity"])
        }
        // A part would be taken for the whole (section 14.5).
        if request.method == .put, request.fields.contains(.contentRange) {
            throw Problem(.badRequest, detail: "Send the whole content: a part of it cannot be replaced.")
        }
    }

    private static func isIdentity(_ codings: String) -> Bool {
        codings.split(separator: ",").allSatisfy { coding in
            let coding = coding.filter { $0 != " " && $0 != "\t" }.lowercased()
            return coding.isEmpty || coding == "identity"
        }
    }
}
