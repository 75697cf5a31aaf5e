import DeskSuppliers
import HTTP

/// A file at a supplier's ticket, as their system lists it.
struct RemoteFile: Hashable, Sendable {
    /// What their system knows it by.
    var id: String
    var name: String
    /// In bytes; nil where their system does not tell it.
    var size: Int?
}

/// An interface of a supplier's system through which files are attached to tickets.
protocol FileInterface: Sendable {
    /// What is attached to a ticket, the oldest first.
    ///
    /// - Parameter id: what their system knows the ticket by.
    func files(of id: String) async throws(Setback) -> [RemoteFile]

    /// Attaches a file to a ticket. It is there twice where it is sent twice, so it is looked for before.
    ///
    /// - Parameter type: its media type; what is none counts as mere bytes.
    func attach(_ name: String, type: String, _ bytes: [UInt8], to id: String) async throws(Setback) -> RemoteFile

    /// What stands in a file that their people attached.
    func content(of file: AttachedFile) async throws(Setback) -> [UInt8]
}

extension MediaType {
    /// What a file is sent as, whatever whoever gave it to us has called it.
    static func essence(ofFile type: String) -> String { MediaType(type)?.essence ?? "application/octet-stream" }
}
