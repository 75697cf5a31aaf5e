import Glibc

/// What may stand where, octet by octet, as the grammars of RFC 3986, 9110 and 9112 list it.
enum NaiveGrammar {
    static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    static let digits = Set("0123456789".utf8)
    static let hexadecimal = Set("0123456789abcdefABCDEF".utf8)
    static let token = letters.union(digits).union("!#$%&'*+-.^_`|~".utf8)
    static let pathCharacters = letters.union(digits).union("-._~!$&'()*+,;=:@%/".utf8)
    static let queryCharacters = pathCharacters.union("?[]^`{|}".utf8)
    static let hostCharacters = letters.union(digits).union("-._~!$&'()*+;=".utf8)

    private static let methods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE",
    ]

    static func lowercased(_ octets: [UInt8]) -> String {
        String(decoding: octets.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    static func method(_ word: [UInt8]) -> String? {
        let text = String(decoding: word, as: UTF8.self)
        return methods.contains(text) ? text : nil
    }

    /// The digit behind `HTTP/1.`
    static func minorVersion(_ word: [UInt8]) -> Int? {
        let start = Array("HTTP/1.".utf8)
        guard word.count == 8, word.starts(with: start), let digit = word.last, digits.contains(digit) else {
            return nil
        }
        return Int(digit - 48)
    }

    /// The octets that a text with escapes stands for; nil where an escape is none.
    static func unescaped(_ octets: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = octets[...]
        while let first = rest.popFirst() {
            if first != 37 {
                result.append(first)
                continue
            }
            let pair = rest.prefix(2)
            guard pair.count == 2, pair.allSatisfy(hexadecimal.contains),
                let value = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
            else { return nil }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        return result
    }

    /// Path and query as the parser is to give them back; nil where there is no such target.
    static func target(_ word: [UInt8], _ method: String) -> String? {
        if word == [42] { return method == "OPTIONS" ? "*" : nil }
        var local = word
        if word.first != 47 {
            let text = lowercased(word)
            guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return nil }
            let behind = word.dropFirst(scheme.utf8.count)
            let host = Array(behind.prefix { $0 != 47 && $0 != 63 })
            guard isAuthority(host) else { return nil }
            local = Array(behind.dropFirst(host.count))
        }
        let path = Array(local.prefix { $0 != 63 })
        let query = local.count > path.count ? Array(local.dropFirst(path.count + 1)) : nil
        guard isPath(path), query.map(isQuery) ?? true else { return nil }
        let shown = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
        return query.map { "\(shown)?\(String(decoding: $0, as: UTF8.self))" } ?? shown
    }

    private static func isPath(_ path: [UInt8]) -> Bool {
        guard path.allSatisfy(pathCharacters.contains) else { return false }
        return path.split(separator: 47).allSatisfy { part in
            guard let octets = unescaped(Array(part)) else { return false }
            return octets != [46] && octets != [46, 46] && octets.allSatisfy { $0 >= 32 && $0 != 127 }
                && String(validating: octets, as: UTF8.self) != nil
        }
    }

    private static func isQuery(_ query: [UInt8]) -> Bool {
        query.allSatisfy(queryCharacters.contains)
            && !String(decoding: query, as: UTF8.self).contains("%00")
    }

    static func isAuthority(_ octets: [UInt8]) -> Bool {
        guard !octets.isEmpty, octets.count <= 300 else { return false }
        var port: ArraySlice<UInt8>
        if octets[0] == 91 {
            guard let close = octets.firstIndex(of: 93), close < 64 else { return false }
            var parsed = in6_addr()
            let address = octets[1..<close]
            guard !address.contains(0), inet_pton(AF_INET6, String(decoding: address, as: UTF8.self), &parsed) == 1
            else { return false }
            port = octets[(close + 1)...]
        } else {
            let name = octets.prefix { $0 != 58 }
            guard !name.isEmpty, name.allSatisfy({ hostCharacters.contains($0) || $0 == 37 }),
                let plain = unescaped(Array(name)), plain.allSatisfy({ hostCharacters.contains($0) || $0 > 127 }),
                String(validating: plain, as: UTF8.self) != nil
            else { return false }
            port = octets[name.count...]
        }
        if port.isEmpty { return true }
        guard port.removeFirst() == 58 else { return false }
        if port.isEmpty { return true }
        guard port.allSatisfy(digits.contains) else { return false }
        return Int(String(decoding: port, as: UTF8.self)).map { $0 < 65_536 } ?? false
    }

    static func field(_ line: [UInt8]) -> (name: String, value: [UInt8])? {
        guard let colon = line.firstIndex(of: 58), (1...256).contains(colon), line[..<colon].allSatisfy(token.contains)
        else { return nil }
        var value = line[(colon + 1)...]
        while let first = value.first, first == 32 || first == 9 { value.removeFirst() }
        while let last = value.last, last == 32 || last == 9 { value.removeLast() }
        guard value.count <= 8_192, value.allSatisfy({ $0 == 9 || $0 >= 32 && $0 != 127 }) else { return nil }
        return (lowercased(Array(line[..<colon])), Array(value))
    }

    /// Extensions of a chunk: `*( BWS ";" BWS name [ BWS "=" BWS value ] )`, read character by character.
    static func areExtensions(_ octets: [UInt8]) -> Bool {
        var place = 0
        func blanks() { while place < octets.count, octets[place] == 32 || octets[place] == 9 { place += 1 } }
        func word() -> Bool {
            let start = place
            while place < octets.count, token.contains(octets[place]) { place += 1 }
            return place > start
        }
        func quoted() -> Bool {
            place += 1
            while place < octets.count {
                let octet = octets[place]
                guard octet == 9 || octet >= 32 && octet != 127 else { return false }
                place += 1
                if octet == 34 { return true }
                if octet != 92 { continue }
                guard place < octets.count, octets[place] == 9 || octets[place] >= 32 && octets[place] != 127 else {
                    return false
                }
                place += 1
            }
            return false
        }
        while place < octets.count {
            blanks()
            guard place < octets.count, octets[place] == 59 else { return false }
            place += 1
            blanks()
            guard word() else { return false }
            let end = place
            blanks()
            guard place < octets.count, octets[place] == 61 else {
                place = end
                continue
            }
            place += 1
            blanks()
            guard place < octets.count, octets[place] == 34 ? quoted() : word() else { return false }
        }
        return true
    }
}
