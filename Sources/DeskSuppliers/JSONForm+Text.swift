import JSON

extension JSONForm {
    /// What a text from outside says.
    ///
    /// - Throws: ``UnreadableEvent`` with everything that is wrong with it.
    func read(from text: some Sequence<UInt8>) throws(UnreadableEvent) -> Value {
        let json: JSON
        do {
            json = try JSON.parse(text)
        } catch {
            throw UnreadableEvent("it is no JSON: \(error)")
        }
        do {
            return try json.read(self)
        } catch {
            throw UnreadableEvent(error.description)
        }
    }
}
