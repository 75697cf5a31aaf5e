import Testing

@testable import Postgres

@Suite("The list of prepared statements")
struct StatementCacheTests {
    private func key(_ number: Int) -> StatementCache.Key {
        StatementCache.Key(text: "select \(number)", types: [])
    }

    @Test("gives up the statement that was used longest ago")
    func givesUpOldest() {
        var cache = StatementCache(limit: 2)
        #expect(cache.prepared(key(1), as: "a") == nil)
        #expect(cache.prepared(key(2), as: "b") == nil)
        #expect(cache.name(of: key(1)) == "a")
        #expect(cache.prepared(key(3), as: "c") == "b")
        #expect(cache.name(of: key(2)) == nil)
        #expect(cache.name(of: key(1)) == "a")
    }

    @Test("tells statements apart whose parameters are of other types")
    func types() {
        var cache = StatementCache()
        _ = cache.prepared(StatementCache.Key(text: "select $1", types: [20]), as: "a")
        #expect(cache.name(of: StatementCache.Key(text: "select $1", types: [25])) == nil)
        #expect(cache.forget(StatementCache.Key(text: "select $1", types: [20])) == "a")
        #expect(cache.name(of: StatementCache.Key(text: "select $1", types: [20])) == nil)
    }
}
