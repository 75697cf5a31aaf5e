/// When a desk is open.
public struct BusinessCalendar: Hashable, Sendable {}
