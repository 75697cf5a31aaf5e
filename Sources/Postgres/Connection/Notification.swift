/// A message that a session sends to those that listen to a channel, with `NOTIFY`.
struct Notification: Sendable, Hashable {
    let channel: String
    let payload: String
}

extension Array<Statement> {
    /// What the statements have to tell once they have been committed, by the answers to them.
    func news(in answers: [Answer]) -> Set<Notification> {
        var news: Set<Notification> = []
        for (statement, answer) in zip(self, answers) {
            guard let telling = statement.telling else { continue }
            for payload in answer.texts(ofColumn: telling.column) {
                news.insert(Notification(channel: telling.channel, payload: payload))
            }
        }
        return news
    }
}
