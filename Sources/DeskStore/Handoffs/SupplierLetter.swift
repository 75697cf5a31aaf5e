public import Desk
public import Foundation
public import Jobs
public import Moments

/// Left for everybody who speaks for a supplier of the portal when the desk has told it something, and for whoever asks
/// to be let in; the routing worker sends it by mail.
public struct SupplierLetter: Job {
    public static let kind: JobKind = "letter.supplier"
    public static let queue = SendLetter.queue
    public static let policy = SendLetter.policy

    public enum Content: Codable, Hashable, Sendable {
        /// A link that lets its reader in, and leads to a place of the portal if one is given.
        case pass(place: String?)
        /// There is something new in an exchange, known by the key of its bond.
        case news(bond: Int64, of: SupplierID, SupplierMessage.Kind)
    }

    /// By what the mail is known, however often it is tried.
    public let identity: UUID
    public let address: String
    public let content: Content
    public let writtenAt: Moment

    public init(to address: String, _ content: Content, at moment: Moment) {
        identity = UUID()
        (self.address, self.content, writtenAt) = (address, content, moment)
    }

    /// Until when the link in it opens.
    public var expiresAt: Moment {
        switch content {
        case .pass: writtenAt + PortalPass.lifeWhenAsked
        case .news: writtenAt + PortalPass.lifeWithNews
        }
    }
}
