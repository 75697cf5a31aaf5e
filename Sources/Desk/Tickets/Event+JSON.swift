public import JSON
import Moments

extension Ticket.Event {
    /// The details of the event as the log keeps them beside its kind; the same details always give the same JSON.
    public var data: JSON {
        var object = JSONObject()
        switch self {
        case .opened(let opening): opening.write(to: &object)
        case .changed(let changes): changes.write(to: &object)
        case .routed(let to, let rule, let why):
            to.write(to: &object)
            object["rule"] = rule.json
            why.write(to: &object)
        case .assigned(let to): to.write(to: &object)
        case .taken(let person): object["person"] = person.json
        case .handedOver(let to, let reason, let note):
            to.write(to: &object)
            object["reason"] = reason.json
            object["note"] = note.json
        case .noteAdded(let entry), .messageSent(let entry), .requesterAsked(let entry), .requesterReplied(let entry):
            object["entry"] = entry.json
        case .putOnHold(let until, let note):
            object["until"] = until?.rfc3339.json
            object["note"] = note?.json
        case .supplierAcknowledged(let supplier, let reference):
            object["supplier"] = supplier.json
            object["reference"] = reference.json
        case .supplierNoted(let supplier, let note), .supplierAsked(let supplier, let note),
            .supplierAnswered(let supplier, let note):
            object["supplier"] = supplier.json
            object["note"] = note.json
        case .referred(let supplier, let note), .supplierReturned(let supplier, let note),
            .supplierResolved(let supplier, let note), .recalled(let supplier, let note):
            object["supplier"] = supplier.json
            object["note"] = note?.json
        case .supplierUnreachable(let supplier): object["supplier"] = supplier.json
        case .supplierEscalated(let supplier, let mark):
            object["supplier"] = supplier.json
            mark.write(to: &object)
        case .resolved(let outcome, let note, let knowledge):
            object["outcome"] = outcome.rawValue.json
            object["note"] = note?.json
            knowledge?.write(to: &object)
        case .reopened(let reason, let note):
            object["reason"] = reason.rawValue.json
            object["note"] = note?.json
        case .ownerChanged(let position): object["owner"] = position.json
        case .foundInsufficient(let to, let note):
            to.write(to: &object)
            object["note"] = note.json
        case .meansChosen(let means, let note):
            object["means"] = means.rawValue.json
            object["note"] = note?.json
        case .callbackPromised(let due): object["due"] = due.rfc3339.json
        case .callbackMade(let note), .offerDeclined(let note): object["note"] = note?.json
        case .inquired(let addressee, let question):
            addressee.write(to: &object)
            object["question"] = question.json
        case .inquiryAnswered(let question, let answer):
            object["question"] = question.json
            object["answer"] = answer.json
        case .inquiryWithdrawn(let question): object["question"] = question.json
        case .offered(let to, let note):
            to.write(to: &object)
            object["note"] = note?.json
        case .offerAccepted(let to): to.write(to: &object)
        case .escalated(let level, let reason, let round):
            object["level"] = level.rawValue.json
            object["reason"] = reason.rawValue.json
            object["round"] = round?.json
        case .linked(let other, let kind), .unlinked(let other, let kind):
            object["ticket"] = other.json
            object["link"] = kind.rawValue.json
        case .becameChild(let other), .merged(let other), .absorbed(let other), .split(let other):
            object["ticket"] = other.json
        case .joined(let person): object["person"] = person.json
        case .announced(let site, let words), .announcementChanged(let site, let words):
            object["site"] = site?.json
            object["words"] = words.json
        case .announcementEnded(let site): object["site"] = site?.json
        case .listenerAdded(let site, let position):
            object["site"] = site.json
            object["position"] = position.json
        case .mentioned(let people, let entry):
            object["people"] = people.json
            object["entry"] = entry.json
        case .automated(let mark): mark.write(to: &object)
        case .automationStopped(let stop): stop.write(to: &object)
        case .told(let party, let entry):
            party.write(to: &object)
            object["entry"] = entry.json
        case .personMerged(let gone, let kept):
            object["person"] = gone.json
            object["into"] = kept.json
        case .deadlineNear(let mark), .deadlineMissed(let mark): mark.write(to: &object)
        case .termsChanged(let shifts): object["clocks"] = .array(shifts.map(\.json))
        case .clocksReevaluated(let shifts, let note):
            object["clocks"] = .array(shifts.map(\.json))
            object["note"] = note.json
        case .resumed, .closed, .released, .foundSufficient, .leftParent, .waitsForParent, .declaredMajor, .stoodDown:
            break
        }
        return .object(object)
    }
}

extension Ticket.Opening {
    func write(to object: inout JSONObject) {
        object["number"] = number.description.json
        object["origin"] = origin.json
        object["kind"] = classification.kind.rawValue.json
        object["category"] = classification.category?.json
        object["impact"] = classification.impact.rawValue.json
        object["urgency"] = classification.urgency.rawValue.json
        object["priority"] = classification.priority.rawValue.json
        if !classification.tags.isEmpty { object["tags"] = classification.tags.json }
        object["channel"] = channel.rawValue.json
        object["language"] = language.json
        object["requester"] = requester.json
        intake.write(to: &object)
        object["entry"] = entry?.json
        object["client"] = client?.json
    }
}

extension Inquiry.Addressee {
    func write(to object: inout JSONObject) {
        switch self {
        case .team(let place): place.write(to: &object)
        case .supplier(let supplier): object["supplier"] = supplier.json
        }
    }
}

extension Place {
    func write(to object: inout JSONObject) {
        object["site"] = site.json
        object["tier"] = tier.json
        object["team"] = team.json
    }
}

extension Responsibility {
    func write(to object: inout JSONObject) {
        place.write(to: &object)
        object["position"] = position.json
        object["person"] = person?.json
        if isConfidential { object["confidential"] = true }
    }
}

extension Changes {
    func write(to object: inout JSONObject) {
        object["kind"] = kind?.rawValue.json
        object["category"] = removesCategory ? .null : category?.json
        object["impact"] = impact?.rawValue.json
        object["urgency"] = urgency?.rawValue.json
        object["priority"] = priority?.rawValue.json
        object["basis"] = basis?.rawValue.json
        object["reason"] = reason?.json
        object["tags"] = tags?.json
        object["language"] = language?.json
        if editsSubject { object["subject"] = true }
        if isRuled { object["ruled"] = true }
    }
}
