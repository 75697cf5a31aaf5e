extension JSONForm {
    /// A list of values of one form. Faults carry the index of the element.
    public static func list<Element>(
        of form: JSONForm<Element>, count: ClosedRange<Int> = 0...10_000
    ) -> JSONForm where Value == [Element] {
        JSONForm(described: .list(of: form.schema, count: count)) { json, pointer, faults in
            guard let elements = JSONForm<[JSON]>.kind("a list", .kind("array"), \.array).read(json, pointer, &faults)
            else {
                return nil
            }
            guard count.contains(elements.count) else {
                let bound =
                    elements.count < count.lowerBound ? "at least \(count.lowerBound)" : "at most \(count.upperBound)"
                faults.add(pointer, "must have \(bound) elements; it has \(elements.count)")
                return nil
            }
            var values: [Element] = []
            for (index, element) in elements.enumerated() {
                if let value = form.read(element, pointer.appending(index), &faults) { values.append(value) }
            }
            return values.count == elements.count ? values : nil
        }
    }

    /// An object whose names are free, such as dates or weekdays, in the order written.
    public static func members<Name, Element>(
        names: JSONForm<Name>, values: JSONForm<Element>, count: ClosedRange<Int> = 0...10_000
    ) -> JSONForm where Value == [(name: Name, value: Element)] {
        JSONForm(described: .members(names: names.schema, values: values.schema, count: count)) {
            json, pointer, faults in
            guard let object = anyObject.read(json, pointer, &faults) else { return nil }
            guard count.contains(object.count) else {
                let bound =
                    object.count < count.lowerBound ? "at least \(count.lowerBound)" : "at most \(count.upperBound)"
                faults.add(pointer, "must have \(bound) members; it has \(object.count)")
                return nil
            }
            var members: [(name: Name, value: Element)] = []
            for member in object {
                let place = pointer.appending(member.name)
                let name = names.read(.string(member.name), place, &faults)
                let value = form(values, member.value, place, &faults)
                if let name, let value { members.append((name, value)) }
            }
            return members.count == object.count ? members : nil
        }
    }

    private static func form<Element>(
        _ form: JSONForm<Element>, _ json: JSON, _ pointer: JSONPointer, _ faults: inout JSONFaults
    ) -> Element? { form.read(json, pointer, &faults) }

    /// An object with known names, which `body` asks for. It should ask for all of them before it returns nil
    /// for one that is missing: a name that nobody asked for is refused as unknown.
    public static func object(_ body: @escaping (inout JSONReader) -> Value?) -> JSONForm {
        JSONForm(described: JSONReader.describe(body)) { json, pointer, faults in
            guard let object = anyObject.read(json, pointer, &faults) else { return nil }
            var reader = JSONReader(object: object, pointer: pointer, faults: faults)
            let value = body(&reader)
            reader.refuseUnknown()
            faults = reader.faults
            return value
        }
    }

    private static var anyObject: JSONForm<JSONObject> {
        JSONForm<JSONObject>.kind("an object", .kind("object"), \.object)
    }
}
