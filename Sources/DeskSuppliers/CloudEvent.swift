public import Foundation
public import JSON
public import Moments

/// What an event tells, beside who sent it and when.
public protocol EventPayload: Hashable, Sendable {
    /// The types of event that carry such a payload.
    static var types: [String] { get }
    /// The type of event that carries this one.
    var type: String { get }
    var data: JSON { get }
    /// How the data of an event of one of `types` is read.
    static func form(of type: String) -> JSONForm<Self>
}

/// An event as the desk and suppliers exchange it: CloudEvents 1.0 in structured JSON. The same type writes and reads.
public struct CloudEvent<Payload: EventPayload>: Hashable, Sendable {
    /// The event's identity, which its webhook carries as well; the same over all attempts to deliver it.
    public let id: String
    /// Who sent it, as a URI.
    public let source: String
    /// What it is about: the number of the desk's ticket.
    public let subject: String?
    public let time: Moment?
    /// The event's place among those of one exchange, padded with zeros so that it sorts as text.
    public let sequence: String?
    public let payload: Payload

    public init(id: String, source: String, subject: String?, time: Moment?, sequence: String?, payload: Payload) {
        (self.id, self.source, self.subject) = (id, source, subject)
        (self.time, self.sequence, self.payload) = (time, sequence, payload)
    }
}

extension CloudEvent {
    /// An event of ours.
    ///
    /// - Parameters:
    ///   - id: the event's own identity.
    ///   - sequence: its place in the exchange, from 1.
    public init(id: UUID, source: String, subject: String?, time: Moment, sequence: Int, payload: Payload) {
        let digits = String(sequence)
        let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
        self.init(
            id: id.uuidString.lowercased(), source: source, subject: subject, time: time, sequence: padded,
            payload: payload)
    }

    public static var mediaType: String { "application/cloudevents+json" }

    /// The event as it goes over the wire.
    public var text: String {
        var members = JSONObject([
            ("specversion", "1.0"), ("type", payload.type.json), ("id", id.json), ("source", source.json),
        ])
        members["subject"] = subject?.json
        members["time"] = time?.json
        members["sequence"] = sequence?.json
        members["datacontenttype"] = "application/json"
        members["data"] = payload.data
        return JSON.object(members).text
    }

    /// Reads an event.
    ///
    /// - Throws: ``UnreadableEvent`` with everything that is wrong with it.
    public init(reading text: some Sequence<UInt8>) throws(UnreadableEvent) {
        self = try Self.form.read(from: text)
    }

    private static var form: JSONForm<CloudEvent> {
        .object { reader in
            // Further attributes are extensions, which a reader passes over (CloudEvents 1.0, section 3.1).
            reader.allowUnknown()
            _ = reader.required("specversion", .word(among: ["1.0"]))
            let id = reader.required("id", .line(length: 1...200))
            let source = reader.required("source", .line(length: 1...2_000))
            let subject = reader.optional("subject", JSONForm.line(length: 1...200).orNull)
            let time = reader.optional("time", JSONForm.moment.orNull)
            let sequence = reader.optional("sequence", JSONForm.line(length: 1...40).orNull)
            _ = reader.optional("datacontenttype", JSONForm.word(among: ["application/json"]).orNull)
            if reader.has("data_base64") { reader.fault("data_base64", "is not taken; send data as JSON") }
            guard let type = reader.required("type", .word(among: Payload.types)) else {
                _ = reader.required("data", .any)
                return nil
            }
            guard let payload = reader.required("data", Payload.form(of: type)), let id, let source else { return nil }
            return CloudEvent(
                id: id, source: source, subject: subject ?? nil, time: time ?? nil, sequence: sequence ?? nil,
                payload: payload)
        }
    }
}

/// Why an event cannot be read: every fault with its place, one a line.
public struct UnreadableEvent: Error, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
