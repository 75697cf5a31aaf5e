import DeskSuppliers

extension Outgoing {
    /// Attaches the files that go along to the ticket on which the words have been placed. One that stands there
    /// already is not sent again: it has the same name and the same size.
    ///
    /// What their system refuses for good holds nothing up: its words are there, and people of the desk are told.
    func attachFiles(
        to delivered: Delivered, at api: some FileInterface
    ) async throws(Setback) -> Delivered {
        guard !files.isEmpty, let ticket = delivered.remote else { return delivered }
        var delivered = delivered
        var there: [RemoteFile]
        do { there = try await api.files(of: ticket) } catch .refused(let reason) {
            delivered.refusedFiles = files.map { "\($0.name): \(reason)" }
            return delivered
        }
        for file in files {
            if let place = there.firstIndex(where: { $0.isCopy(of: file) }) {
                delivered.written.append(there.remove(at: place).id)
                continue
            }
            let bytes = try await bytes(of: file)
            do {
                delivered.written.append(try await api.attach(file.name, type: file.type, bytes, to: ticket).id)
            } catch .refused(let reason) {
                delivered.refusedFiles.append("\(file.name): \(reason)")
            }
        }
        return delivered
    }
}

extension RemoteFile {
    fileprivate func isCopy(of file: SharedFile) -> Bool {
        name == file.name && (size.map { $0 == file.size } ?? true)
    }
}
