import Desk
import DeskStore
import HTTP

/// What a list of articles is asked for in its query string.
struct ArticleQuery {
    private(set) var words: String?
    private(set) var language: String?
    private(set) var limit = 50
    /// The language and the place of the article behind which the page begins.
    private(set) var after: (language: String, place: String)?
    private let query: Query

    /// - Throws: `Problem` 400 that names everything that is wrong.
    init(_ query: Query, cursors: PageCursor) throws(Problem) {
        self.query = query
        var faults: [String] = []
        for pair in query.pairs {
            if pair.name == "cursor" {
                let parts = try cursors.key(in: pair.value).split(separator: " ").map(String.init)
                guard parts.count == 2 else { throw PageCursor.unknown }
                after = (parts[0], parts[1])
            } else if let fault = take(pair.name, pair.value) {
                faults.append("\(pair.name) \(fault)")
            }
        }
        try ListQuery.refuse(faults)
    }

    /// Takes one pair; tells what is wrong with it.
    private mutating func take(_ name: String, _ value: String) -> String? {
        switch name {
        case "q":
            return ListQuery.words(value) { words = $0 }
        case "language":
            let code = Article.language(of: value)
            guard (2...3).contains(code.count), code.allSatisfy({ $0.isASCII && $0.isLowercase }) else {
                return "must be a language tag such as nb or en-GB"
            }
            language = code
        case "limit":
            return ListQuery.limit(value) { limit = $0 }
        default: return "is not something that articles can be asked by"
        }
        return nil
    }

    /// The same query for the page behind a cursor.
    func link(after cursor: String) -> String { query.replacing("cursor", by: cursor).encoded }
}

extension Query {
    /// The same pairs with one name given this value alone, at the end.
    func replacing(_ name: String, by value: String) -> Query {
        var next = Query()
        for pair in pairs where pair.name != name { next.append(pair.name, pair.value) }
        next.append(name, value)
        return next
    }
}
