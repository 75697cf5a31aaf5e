/// One difference between two documents.
public struct JSONChange: Sendable, Hashable {
    /// Where: in the new document, or in the old one where something was taken away.
    public let pointer: JSONPointer
    /// The same place as a person would say it, elements by their key: `/sites[OSL]/locale`.
    public let place: String
    /// Nil where it was added.
    public let old: JSON?
    /// Nil where it was taken away.
    public let new: JSON?
}

extension JSON {
    /// What must be changed in one document to arrive at the other.
    ///
    /// Elements of a list that are objects are matched by the first of `keys` that all of them have with
    /// values that differ, so that an insertion is one difference; where their order changed as well, the list of
    /// keys is a difference at the place of the list. Other lists are compared place by place.
    public static func diff(_ old: JSON, _ new: JSON, keys: [String] = ["code", "name", "id"]) -> [JSONChange] {
        var comparison = JSONComparison(keys: keys)
        comparison.compare(old, new, at: JSONPlace())
        return comparison.changes
    }
}

private struct JSONPlace {
    var pointer = JSONPointer()
    var words = ""

    func member(_ name: String) -> JSONPlace {
        let pointer = pointer.appending(name)
        return JSONPlace(pointer: pointer, words: words + JSONPointer([name]).description)
    }

    func element(_ index: Int, key: String? = nil) -> JSONPlace {
        JSONPlace(pointer: pointer.appending(index), words: words + "[\(key ?? String(index))]")
    }
}

private struct JSONComparison {
    let keys: [String]
    var changes: [JSONChange] = []

    mutating func add(_ place: JSONPlace, _ old: JSON?, _ new: JSON?) {
        changes.append(JSONChange(pointer: place.pointer, place: place.words, old: old, new: new))
    }

    mutating func compare(_ old: JSON, _ new: JSON, at place: JSONPlace) {
        switch (old, new) {
        case (.object(let old), .object(let new)): objects(old, new, at: place)
        case (.array(let old), .array(let new)): lists(old, new, at: place)
        default: if old != new { add(place, old, new) }
        }
    }

    private mutating func objects(_ old: JSONObject, _ new: JSONObject, at place: JSONPlace) {
        for member in old where new[member.name] == nil { add(place.member(member.name), member.value, nil) }
        for member in new {
            if let earlier = old[member.name] {
                compare(earlier, member.value, at: place.member(member.name))
            } else {
                add(place.member(member.name), nil, member.value)
            }
        }
    }

    private mutating func lists(_ old: [JSON], _ new: [JSON], at place: JSONPlace) {
        for key in keys {
            if let old = Self.index(old, by: key), let new = Self.index(new, by: key) {
                return keyed(old, new, at: place)
            }
        }
        for index in 0..<max(old.count, new.count) {
            let place = place.element(index)
            switch (index < old.count ? old[index] : nil, index < new.count ? new[index] : nil) {
            case (let old?, let new?): compare(old, new, at: place)
            case (let old, let new): add(place, old, new)
            }
        }
    }

    private typealias Keyed = (order: [String], elements: [String: (index: Int, value: JSON)])

    /// The elements by the value of that member; nil unless all have one and no two the same.
    private static func index(_ list: [JSON], by key: String) -> Keyed? {
        var keyed: Keyed = ([], [:])
        for (index, element) in list.enumerated() {
            guard let word = element[key]?.string, keyed.elements.updateValue((index, element), forKey: word) == nil
            else { return nil }
            keyed.order.append(word)
        }
        return keyed
    }

    private mutating func keyed(_ old: Keyed, _ new: Keyed, at place: JSONPlace) {
        for word in old.order where new.elements[word] == nil {
            if let gone = old.elements[word] { add(place.element(gone.index, key: word), gone.value, nil) }
        }
        for word in new.order {
            guard let later = new.elements[word] else { continue }
            let place = place.element(later.index, key: word)
            if let earlier = old.elements[word] {
                compare(earlier.value, later.value, at: place)
            } else {
                add(place, nil, later.value)
            }
        }
        let stayed = old.order.filter { new.elements[$0] != nil }
        let now = new.order.filter { old.elements[$0] != nil }
        if stayed != now { add(place, stayed.json, now.json) }
    }
}
