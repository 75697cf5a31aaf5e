public import Desk
public import HTTP

extension TicketNumber: PathValue {
    public init?(pathValue: String) { self.init(pathValue) }
}
