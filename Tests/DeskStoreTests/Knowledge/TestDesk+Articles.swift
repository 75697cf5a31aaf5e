import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Testing

extension TestDesk {
    /// A published article, written by somebody of the desk.
    @discardableResult
    func publish(
        _ title: String, _ text: String, in language: String = "en", for readers: Article.Readers = .everybody
    ) async throws -> ArticleView {
        let (author, sight) = (try await person("kari.nordmann"), try await sight(of: "kari.nordmann"))
        let draft = ArticleDraft(language: language, title: title, text: text, readers: readers)
        let uuid = try await store.begin(draft, by: author, seeing: sight)
        let article = try #require(await store.article(uuid, seeing: sight))
        #expect(try await store.publish(article.id, in: language, by: author, seeing: sight))
        return try #require(await TestDesk().store.article(uuid, seeing: sight))
    }
}
