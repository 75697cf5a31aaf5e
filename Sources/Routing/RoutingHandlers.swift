public import DeskMail
public import DeskStore
public import Jobs
public import Mail
public import Runtime

/// All jobs that the routing worker does, in one list, so that whatever plays its part does them all.
public struct RoutingHandlers: Sendable {
    public let all: [JobHandler]

    /// - Parameter client: what takes letters out; without it, they wait.
    public init(_ store: DeskStore, composer: LetterComposer, client: SMTPClient?, metrics: Metrics, log: Log) {
        let letters = SendLetterHandler(store, composer: composer, client: client, log: log)
        all = [
            RouteTicketHandler(store).handler,
            ResolveChildrenHandler(store).handler,
            ResumeChildrenHandler(store).handler,
            HoldPartsHandler(store).handler,
            CloseSilentTicketHandler(store).handler,
            ResumeTicketHandler(store).handler,
            RehomeTicketsHandler(store).handler,
            ReleaseTicketsHandler(store).handler,
            FollowTermsHandler(store, log: log).handler,
            RunAutomationHandler(store, metrics: metrics, log: log).handler,
            SettleMergeHandler(store).handler,
            RefreshAccessHandler(store).handler,
            letters.handler, letters.retryHandler,
            SupplierLetterHandler(beside: letters, composer: composer.suppliers).handler,
        ]
    }
}
