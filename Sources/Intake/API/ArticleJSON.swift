import Desk
import DeskStore
import Foundation
import JSON
import Moments

/// An article as the API shows it, in one language.
struct ArticleJSON {
    let json: JSON

    /// - Parameter article: the whole, where more is told than in a list.
    init(_ version: ArticleVersion, in directory: Directory, of article: ArticleView? = nil) {
        let id = version.uuid.uuidString.lowercased()
        var object: JSONObject = [
            "id": id, "language": version.language, "title": version.title, "text": version.text,
            "visibility": version.readers.visibility.rawValue,
            "team": version.readers.team.map { directory.teams.code(of: $0) }, "version": version.number,
            "published_at": version.publishedAt, "href": "\(API.root)/articles/\(id)",
        ]
        if let article {
            object["languages"] = JSON.array(article.published.map { $0.language.json })
            object["uses"] = JSON.object(
                JSONObject(Article.Use.allCases.map { ($0.rawValue, (article.uses[$0] ?? 0).json) }))
        }
        json = .object(object)
    }
}
