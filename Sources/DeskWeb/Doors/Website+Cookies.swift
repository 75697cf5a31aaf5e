import HTTP

/// The cookies of the desk. Those that let somebody in bear the `__Host-` prefix, so that no neighbouring host can
/// plant them (OWASP ASVS 5.0, 3.3).
extension Website {
    func name(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    func cookie(_ name: String, _ value: String, maxAge: Duration? = nil) -> SetCookie {
        var cookie = SetCookie(name, value, maxAge: maxAge)
        cookie.isSecure = isSecure
        return cookie
    }

    /// What the browser shows for a session; whether there is one, the database knows.
    func sessionToken(in request: Request) -> String? { token(name("sid"), in: request) }

    /// What ties the forms of a stranger to his browser.
    func strangerToken(in request: Request) -> String? { token(name("form"), in: request) }

    /// A token of our making has 43 letters and digits; anything else is not worth a look into the database.
    func token(_ name: String, in request: Request) -> String? {
        let values = request.cookies.all(name)
        guard values.count == 1, let value = values.first, value.utf8.count == 43 else { return nil }
        return value.utf8.allSatisfy {
            Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber
        }
            ? value : nil
    }
}
