/// A cookie to be kept by the browser: secure, unseen by scripts and sent from our own pages only, unless said
/// otherwise (RFC 6265bis section 4.1).
public struct SetCookie: Sendable {
    /// On which requests from other sites the browser sends the cookie.
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
        case none = "None"
    }

    public var name: String
    public var value: String
    public var path = "/"
    /// How long the browser keeps it; nil until it is closed, zero to forget it at once.
    public var maxAge: Duration?
    public var isSecure = true
    public var isHiddenFromScripts = true
    public var sameSite = SameSite.lax

    /// - Precondition: the name is a token and the value holds no blank, comma, semicolon, quote or backslash.
    public init(_ name: String, _ value: String, maxAge: Duration? = nil) {
        precondition(ByteClass.isToken(name.utf8), "\"\(name)\" cannot be the name of a cookie: it must be a token.")
        precondition(
            value.utf8.allSatisfy(ByteClass.cookie.contains),
            "The value of cookie \(name) has characters that cookies cannot carry: encode it.")
        self.name = name
        self.value = value
        self.maxAge = maxAge
    }

    /// The value of the Set-Cookie field.
    ///
    /// - Precondition: a cookie whose name begins with `__Host-` is secure and for the path `/`.
    public var line: String {
        precondition(
            !name.hasPrefix("__Host-") || (isSecure && path == "/"),
            "\(name): browsers drop __Host- cookies that are not Secure with Path=/.")
        var line = "\(name)=\(value); Path=\(path)"
        if let maxAge { line += "; Max-Age=\(maxAge.components.seconds)" }
        if isSecure { line += "; Secure" }
        if isHiddenFromScripts { line += "; HttpOnly" }
        return line + "; SameSite=\(sameSite.rawValue)"
    }
}

extension Response {
    /// Hands the browser a cookie along with the answer.
    public mutating func set(_ cookie: SetCookie) { fields.append(.setCookie, cookie.line) }
}
