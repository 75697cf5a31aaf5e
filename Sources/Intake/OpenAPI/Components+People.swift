import Desk
import DeskStore
import JSON

/// What answers about people, articles and figures look like, and what refusals do.
extension OpenAPI {
    static var peopleShapes: [(String, JSONSchema)] {
        [
            ("Person", person), ("Absence", absence), ("Holder", .object(["email": .text.orNull, "name": .text])),
            ("RosterEntry", rosterEntry), ("Article", article),
            ("FullArticle", article.with(["languages": .text.list, "uses": uses])),
            ("Report", .members(.anything)), ("Problem", problem),
        ]
    }

    private static var person: JSONSchema {
        .object([
            "id": .uuid, "name": .text, "email": .text.orNull, "addresses": .text.list, "language": .text.orNull,
            "class": .text, "home_site": .text.orNull, "organisation": .text.orNull,
            "relation": .word(PersonCard.Relation.self).orNull, "works_at_the_desk": .boolean,
        ])
    }

    private static var absence: JSONSchema {
        .object([
            "id": .uuid, "reason": .word(Absence.Reason.self), "from": .moment, "until": .moment.orNull,
            "deputy": .text.orNull,
        ])
    }

    private static var rosterEntry: JSONSchema {
        .object([
            "id": .uuid, "person": .text.orNull, "instead_of": .text.orNull, "from": .moment, "until": .moment,
        ])
    }

    private static var article: JSONSchema {
        .object([
            "id": .uuid, "language": .text, "title": .text, "text": .text,
            "visibility": .word(Article.Visibility.self), "team": .text.orNull, "version": .whole,
            "published_at": .moment.orNull, "href": .text,
        ])
    }

    /// How often an article was of use, by the kind of use.
    private static var uses: JSONSchema { .members(.whole) }

    /// RFC 9457. Each fault of a body names its place (RFC 6901).
    private static var problem: JSONSchema {
        .open(
            [
                "type": .text, "title": .text, "status": .whole(400...599), "detail": .text,
                "violated-policies": JSONSchema.text.list,
                "errors": JSONSchema.open(["detail": .text, "pointer": .text], required: ["detail"]).list,
            ], required: ["title", "status"])
    }
}
