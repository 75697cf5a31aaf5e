import JSON
import Moments
import Runtime

/// What the supplier's people do.
extension JiraSite {
    public func write(_ text: String, on key: String, isInternal: Bool = false, as author: String = "Nora") {
        guard let issue = issues.first(where: { $0.key == key }) else { return }
        clock.advance(by: .seconds(1))
        let publicity: JSON = .object(["key": "sd.public.comment", "value": JSON.object(["internal": isInternal.json])])
        _ = add(traits.isCloud ? Self.document(text) : text.json, by: author, [publicity], to: issue.id)
    }

    /// Puts an issue into a status, whatever the workflow says.
    public func move(_ key: String, to status: Status, resolution: String? = nil) {
        guard let issue = issues.first(where: { $0.key == key }) else { return }
        clock.advance(by: .seconds(1))
        put(issue.id, into: status, resolution)
    }

    /// Takes an issue to another project: it gets another key, and keeps its id.
    public func rename(_ key: String, _ other: String) {
        guard let issue = issues.first(where: { $0.key == key }) else { return }
        change(issue.id) { $0.key = other }
    }

    /// Lets time go by.
    public func pass(_ duration: Duration) { clock.advance(by: duration) }
}
