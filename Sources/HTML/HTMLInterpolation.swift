extension HTML {
    public struct StringInterpolation: StringInterpolationProtocol {
        var markup = ""
        private var scanner = HTMLScanner()

        public init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) {
            markup += literal
            scanner.read(literal)
        }

        /// Text, in the page or in a quoted attribute.
        public mutating func appendInterpolation(_ text: some StringProtocol) {
            guard expect(scanner.admitsText, "text") else { return }
            HTMLEscape.append(text, to: &markup)
        }

        /// Text, or nothing.
        public mutating func appendInterpolation(_ text: (some StringProtocol)?) {
            if let text { appendInterpolation(text) }
        }

        /// A number as machines write it. For people, format it first.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            appendInterpolation(String(number))
        }

        /// An address in a quoted attribute, or shown as text.
        public mutating func appendInterpolation(_ link: Link) {
            guard expect(scanner.admitsLink, "a link") else { return }
            HTMLEscape.append(link.text, to: &markup)
        }

        /// A piece of page between tags.
        public mutating func appendInterpolation(_ piece: HTML) {
            guard expect(scanner.admitsMarkup, "markup") else { return }
            markup += piece.markup
        }

        /// A piece of page, or nothing.
        public mutating func appendInterpolation(_ piece: HTML?) {
            if let piece { appendInterpolation(piece) }
        }

        /// Pieces of page one after the other.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { appendInterpolation(piece) }
        }

        /// A whole attribute inside a tag, or none where the value is nil: `<p\(attribute: "lang", language)>`.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: (some StringProtocol)?) {
            guard let value, expect(HTMLScanner.kind(ofAttribute: "\(name)") == .text, "text in \(name)") else {
                return
            }
            append(attribute: name, value)
        }

        /// A whole attribute inside a tag that holds a number.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: (some BinaryInteger)?) {
            appendInterpolation(attribute: name, value.map { String($0) })
        }

        /// A whole attribute inside a tag that holds an address.
        public mutating func appendInterpolation(attribute name: StaticString, _ link: Link?) {
            guard let link, expect(HTMLScanner.kind(ofAttribute: "\(name)") != .code, "a link in \(name)") else {
                return
            }
            append(attribute: name, link.text)
        }

        /// An attribute that is there or not: `<input type="checkbox"\(attribute: "checked", isUrgent)>`.
        public mutating func appendInterpolation(attribute name: StaticString, _ isPresent: Bool) {
            guard isPresent else { return }
            append(attribute: name, String?.none)
        }

        private mutating func append(attribute name: StaticString, _ value: (some StringProtocol)?) {
            guard expect(scanner.admitsAttribute, "an attribute") else { return }
            markup += " \(name)"
            scanner.passAttribute()
            guard let value else { return }
            markup += "=\""
            HTMLEscape.append(value, to: &markup)
            markup += "\""
        }

        /// Markup that someone else vouches for, wherever it stands.
        public mutating func appendInterpolation(raw markup: String) {
            self.markup += markup
        }

        private func expect(_ isAdmitted: Bool, _ what: String) -> Bool {
            assert(isAdmitted, "\(what) has no business after: \(markup.suffix(60))")
            return isAdmitted
        }
    }
}
