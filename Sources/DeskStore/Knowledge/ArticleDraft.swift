public import Desk

/// An article's words in one language, as somebody writes them.
public struct ArticleDraft: Sendable, Equatable {
    /// The first part of a language tag, such as `nb`.
    public var language: String
    public var title: String
    public var text: String
    public var readers: Article.Readers

    public init(language: String, title: String, text: String, readers: Article.Readers = .desk) {
        self.language = Article.language(of: language)
        (self.title, self.text, self.readers) = (title, text, readers)
    }
}
