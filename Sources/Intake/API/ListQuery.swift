import HTTP

/// What every list may be asked by, whatever it lists, in the same words.
enum ListQuery {
    static let largestPage = 200

    /// Takes how many a page holds.
    ///
    /// - Returns: what is wrong with it.
    static func limit(_ value: String, _ set: (Int) -> Void) -> String? {
        guard let count = Int(value), (1...largestPage).contains(count) else {
            return "must be a whole number from 1 to \(largestPage)"
        }
        set(count)
        return nil
    }

    /// Takes words to look for.
    ///
    /// - Returns: what is wrong with them.
    static func words(_ value: String, atLeast least: Int = 1, _ set: (String) -> Void) -> String? {
        guard (least...200).contains(value.count), !value.contains("\0") else {
            return "must have \(least) to 200 characters"
        }
        set(value)
        return nil
    }

    /// - Throws: `Problem` 400 that names everything that is wrong, if anything is.
    static func refuse(_ faults: [String]) throws(Problem) {
        if faults.isEmpty { return }
        throw Problem(.badRequest, detail: "The query cannot be answered.", errors: faults.map { Problem.Fault($0) })
    }
}
