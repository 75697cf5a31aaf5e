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
        var object = JSONObject()
        object["id"] = id.json
        object["language"] = version.language.json
        object["title"] = version.title.json
        object["text"] = version.text.json
        object["visibility"] = version.readers.visibility.rawValue.json
        object["team"] = version.readers.team.map { directory.teams.code(of: $0) }.json
        object["version"] = version.number.json
        object["published_at"] = version.publishedAt.json
        object["href"] = "\(API.root)/articles/\(id)".json
        if let article {
            object["languages"] = JSON.array(article.published.map(\.language.json))
            object["uses"] = JSON.object(
                JSONObject(Article.Use.allCases.map { ($0.rawValue, (article.uses[$0] ?? 0).json) }))
        }
        json = .object(object)
    }
}
