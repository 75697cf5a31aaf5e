import Desk
import DeskStore
import JSON

/// What answers about tickets look like; each stands for the type that writes it.
extension OpenAPI {
    static var ticketShapes: [(String, JSONSchema)] {
        [
            ("Ticket", ticket),
            ("OpenedTicket", ticket.with(["announcements": announcement.list])),
            ("Announcement", fullAnnouncement), ("Place", place), ("Question", question), ("Entry", entry),
            ("File", file), ("Event", event),
            (
                "SupplierPreview",
                .object([
                    "supplier": .text, "fields": .members(.anything), "withheld": .text.list, "text": .text.orNull,
                ])
            ), ("Leg", leg), ("Clock", clock), ("Macro", .object(["name": .text, "labels": .members(.text)])),
        ]
    }

    private static var ticket: JSONSchema {
        .object([
            "number": .text, "kind": .word(Ticket.Kind.self), "subject": .text, "state": .word(Ticket.State.self),
            "outcome": .word(Ticket.Outcome.self).orNull, "priority": .number(Priority.self),
            "priority_basis": .word(PriorityBasis.self), "priority_reason": .text.orNull,
            "impact": .number(Impact.self), "urgency": .number(Urgency.self), "tags": .text.list,
            "category": .text.orNull, "site": .text, "tier": .whole, "team": .text, "position": .text,
            "person": .text.orNull,
            "requester": .object(["email": .text, "name": .text, "class": .text, "language": .text]),
            "channel": .word(Channel.self), "opened_at": .moment, "first_response_at": .moment.orNull,
            "resolved_at": .moment.orNull, "closed_at": .moment.orNull,
            "due": .object(["response": .moment.orNull, "resolution": .moment.orNull]),
        ]).with(relations).with(undertakings)
    }

    /// What a ticket has to do with others.
    private static var relations: KeyValuePairs<String, JSONSchema> {
        [
            "supplier_tickets": JSONSchema.object([
                "supplier": .text, "state": .word(SupplierState.self), "our_reference": .text,
                "their_reference": .text.orNull, "exchange": .uuid, "serves": .boolean,
            ]).list,
            "links": JSONSchema.object([
                "number": .text, "kind": .word(LinkKind.self), "direction": .word(of: ["outgoing", "incoming"]),
            ]).list,
            "parent": .text.orNull, "children": .whole, "merged_into": .text.orNull, "major": .boolean,
        ]
    }

    /// What is promised, asked and offered about a ticket.
    private static var undertakings: KeyValuePairs<String, JSONSchema> {
        [
            "owner": .text, "callback": JSONSchema.object(["due": .moment, "promised_at": .moment]).orNull,
            "hold": JSONSchema.object(["until": .moment.orNull, "with_parent": .boolean]).orNull,
            "questions": JSONSchema.object(["id": .uuid.orNull, "to": addressee, "asked_at": .moment]).list,
            "means": .word(Means.self).orNull, "sufficient": .boolean.orNull, "returns": .whole,
            "escalation": .word(EscalationLevel.self).orNull,
            "offer": .either(.component("Place"), .null),
        ]
    }

    private static var place: JSONSchema { .object(["site": .text, "tier": .whole, "team": .text]) }

    private static var addressee: JSONSchema { .either(.component("Place"), .object(["supplier": .text])) }

    private static var announcement: JSONSchema {
        .object(["id": .uuid, "title": .text, "text": .text, "site": .text.orNull, "since": .moment])
    }

    private static var fullAnnouncement: JSONSchema {
        .object([
            "id": .uuid, "ticket": .text.orNull, "site": .text.orNull, "since": .moment, "until": .moment.orNull,
            "words": .members(.object(["title": .text, "text": .text])),
        ])
    }

    private static var question: JSONSchema {
        .object([
            "id": .uuid, "to": addressee, "asked_at": .moment, "text": .text, "ended_at": .moment.orNull,
            "answer": .either(.component("Entry"), .null),
        ])
    }

    private static var entry: JSONSchema {
        .object([
            "id": .uuid, "at": .moment, "author": .object(["email": .text.orNull, "name": .text.orNull]),
            "visibility": .word(Visibility.self), "channel": .word(Channel.self), "subject": .text.orNull,
            "text": .text, "html": .text.orNull, "translations": .members(.text),
            "folds": JSONSchema.object([
                "kind": .word(EntryFold.Kind.self), "start": .whole, "end": .whole,
            ]).list,
            "attachments": JSONSchema.component("File").list,
        ])
    }

    private static var file: JSONSchema {
        .object(["id": .uuid, "name": .text, "type": .text, "size": .whole, "sha256": .text, "href": .text])
    }

    private static var event: JSONSchema {
        .object([
            "revision": .whole, "at": .moment, "kind": .word(Ticket.Event.Kind.self),
            "actor": .object([
                "kind": .word(of: Ticket.Actor.Kind.allCases.map(\.rawValue) + ["automation"]), "name": .text.orNull,
            ]),
            "cause": .text.orNull, "data": .members(.anything),
        ])
    }

    private static var leg: JSONSchema {
        .object([
            "episode": .whole, "holder": .word(Holder.Kind.self), "supplier": .text.orNull, "site": .text,
            "tier": .whole, "team": .text, "position": .text, "reason": .word(Ticket.Event.Kind.self),
            "started_at": .moment, "ended_at": .moment.orNull,
        ])
    }

    private static var clock: JSONSchema {
        .object([
            "measure": .word(Measure.self), "about": .word(ClockSubject.Kind.self), "team": .text.orNull,
            "supplier": .text.orNull, "target": .text, "episode": .whole, "state": .word(Clock.State.self),
            "promised_at": .moment.orNull, "warning_percents": .whole.list, "target_seconds": .whole,
            "elapsed_seconds": .whole, "remaining_seconds": .whole, "started_at": .moment,
            "stopped_at": .moment.orNull, "due_at": .moment.orNull, "as_of": .moment, "segments": segment.list,
        ])
    }

    /// Whoever holds a ticket is told by what names him: a team with its place, a supplier, or nobody else.
    private static var segment: JSONSchema {
        let arithmetic: KeyValuePairs<String, JSONSchema> = [
            "started_at": .moment, "ended_at": .moment.orNull, "calendar": .text.orNull, "calendar_version": .whole,
            "zone": .text.orNull, "counting": .boolean, "pause": .word(PauseReason.self).orNull, "seconds": .whole,
        ]
        return .either(
            JSONSchema.object(["holder": .word(of: ["team"]), "site": .text, "tier": .whole, "team": .text])
                .with(arithmetic),
            JSONSchema.object(["holder": .word(of: ["supplier"]), "supplier": .text.orNull]).with(arithmetic),
            JSONSchema.object(["holder": .word(of: ["requester"])]).with(arithmetic))
    }
}
