import HTTP
import Moments
import Testing

@Suite("Conditional requests")
struct ConditionsTests {
    private func verdict(_ method: Method, _ fields: Fields, tag: EntityTag? = EntityTag("7")) -> Conditions.Verdict {
        Conditions(Request(method, "/", fields: fields)).verdict(
            tag: tag, lastModified: Moment(microseconds: 784_111_777_900_000))
    }

    @Test(
        "If-Match compares strongly and comes first",
        arguments: [
            ("\"7\"", Conditions.Verdict.proceed), ("\"6\", \"7\"", .proceed), ("*", .proceed), ("\"6\"", .failed),
            ("W/\"7\"", .failed), ("7", .failed), ("", .failed), ("\"7\" \"6\"", .failed),
        ])
    func ifMatch(field: String, verdict expected: Conditions.Verdict) {
        #expect(verdict(.patch, [.ifMatch: field]) == expected)
    }

    @Test("If-Match fails for what does not exist, even with *")
    func missing() {
        #expect(verdict(.put, [.ifMatch: "*"], tag: nil) == .failed)
        #expect(verdict(.put, [.ifNoneMatch: "*"], tag: nil) == .proceed)
        #expect(verdict(.put, [.ifNoneMatch: "*"]) == .failed)
    }

    @Test("If-None-Match compares weakly: not modified for reading, failed for writing")
    func ifNoneMatch() {
        #expect(verdict(.get, [.ifNoneMatch: "W/\"7\""]) == .notModified)
        #expect(verdict(.head, [.ifNoneMatch: "\"1\",\"7\""]) == .notModified)
        #expect(verdict(.get, [.ifNoneMatch: "\"8\""]) == .proceed)
        #expect(verdict(.post, [.ifNoneMatch: "\"7\""]) == .failed)
    }

    @Test("Dates count only where no tag is named")
    func dates() {
        let same = "Sun, 06 Nov 1994 08:49:37 GMT"
        let before = "Sun, 06 Nov 1994 08:49:36 GMT"
        #expect(verdict(.get, [.ifModifiedSince: same]) == .notModified)
        #expect(verdict(.get, [.ifModifiedSince: before]) == .proceed)
        #expect(verdict(.get, [.ifModifiedSince: same, .ifNoneMatch: "\"8\""]) == .proceed)
        #expect(verdict(.post, [.ifModifiedSince: same]) == .proceed)
        #expect(verdict(.put, [.ifUnmodifiedSince: before]) == .failed)
        #expect(verdict(.put, [.ifUnmodifiedSince: same]) == .proceed)
        #expect(verdict(.put, [.ifUnmodifiedSince: before, .ifMatch: "\"7\""]) == .proceed)
        #expect(verdict(.get, [.ifModifiedSince: "nonsense"]) == .proceed)
    }

    @Test("Whether a version was named can be asked")
    func namesVersion() {
        #expect(Conditions(Request(.patch, "/", fields: [.ifMatch: "*"])).namesVersion)
        #expect(!Conditions(Request(.patch, "/")).namesVersion)
    }
}
