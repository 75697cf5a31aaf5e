/// A message that some session sent with `NOTIFY`.
struct Notification: Sendable {
    let channel: String
    let payload: String
}
