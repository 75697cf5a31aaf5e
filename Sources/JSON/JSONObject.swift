/// The members of a JSON object in the order they were written, each name once.
///
/// Names that differ only in how Unicode composes their letters count as the same name.
public struct JSONObject: Sendable {
    public struct Member: Sendable, Hashable {
        public let name: String
        public var value: JSON
    }

    /// Up to this many members a look through the list is faster than a table, and costs no memory.
    private static let listed = 16

    public private(set) var members: [Member] = []
    /// Where each name stands in the list; empty while the list is short.
    private var places: [String: Int] = [:]

    public init() {}

    /// Members in the order given; of two with the same name the later value stands, in the place of the earlier.
    public init(_ members: some Sequence<(String, JSON)>) {
        for (name, value) in members { self[name] = value }
    }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var names: [String] { members.map(\.name) }

    /// The value of that name. Setting keeps the place of a member that exists; nil takes the member out.
    public subscript(name: String) -> JSON? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (nil, let value?): append(name, value)
            case (let place?, nil):
                members.remove(at: place)
                places = [:]
                if members.count > Self.listed { index() }
            case (nil, nil): break
            }
        }
    }

    /// Adds a member unless the name is taken.
    mutating func add(_ name: String, _ value: JSON) -> Bool {
        guard place(of: name) == nil else { return false }
        append(name, value)
        return true
    }

    private func place(of name: String) -> Int? {
        places.isEmpty ? members.firstIndex { $0.name == name } : places[name]
    }

    private mutating func append(_ name: String, _ value: JSON) {
        members.append(Member(name: name, value: value))
        if !places.isEmpty {
            places[name] = members.count - 1
        } else if members.count > Self.listed {
            index()
        }
    }

    private mutating func index() {
        for (place, member) in members.enumerated() { places[member.name] = place }
    }
}

extension JSONObject: Hashable {
    public static func == (one: JSONObject, other: JSONObject) -> Bool {
        one.count == other.count && one.members.allSatisfy { other[$0.name] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        var mixed = 0
        for member in members { mixed ^= member.hashValue }
        hasher.combine(mixed)
    }
}

extension JSONObject: Sequence {
    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}
