public import Desk
public import DeskStore
public import JSON
public import TimeZones

/// The organisation document on its way in and out.
public struct OrganisationDocument: Sendable {
    public let organisation: Organisation

    /// Reads a document.
    ///
    /// - Throws: `JSONSyntaxFault`, or `JSONFaults` with everything that is wrong with it, each with its place.
    public init(_ text: String, zones: TimeZones) throws {
        organisation = try Organisation(json: JSON.parse(text)) { try zones.zone($0) }
    }

    /// What applying it would change, in the order of the document; nothing if it is in force already.
    public func changes(in store: DeskStore) async throws -> [JSONChange] {
        let inForce = try await store.organisation()
        return JSON.diff(inForce?.json ?? .object(JSONObject()), organisation.json)
    }
}

extension JSONChange: CustomStringConvertible {
    /// The change as a line of a diff: `+` new, `-` gone, `~` different.
    public var description: String {
        switch (old, new) {
        case (nil, let new?): "+ \(place): \(new.brief)"
        case (let old?, nil): "- \(place): \(old.brief)"
        case (let old?, let new?): "~ \(place): \(old.brief) -> \(new.brief)"
        case (nil, nil): "  \(place)"
        }
    }
}

extension JSON {
    /// The value on one line, cut where it is long.
    fileprivate var brief: String {
        text.count > 100 ? text.prefix(97) + "..." : text
    }
}
