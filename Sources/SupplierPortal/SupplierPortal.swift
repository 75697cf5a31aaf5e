import DeskStore
public import DeskWeb
import Foundation
public import HTTP
public import Secrets

/// The pages of suppliers that have no system of their own: what they have from the desk, and room to say what becomes
/// of it.
public struct SupplierPortal: Sendable {
    let website: Website
    let keys: MasterKeys

    public init(_ website: Website, keys: MasterKeys) { (self.website, self.keys) = (website, keys) }

    public func mount(on router: inout Router) {
        router.mount(website.everyone(entrance))
        router.mount(
            website.suppliers([
                Endpoint(.get, "/supplier/portal") { _, account in try await list(for: account) },
                Endpoint(.get, "/supplier/portal/exchanges/:exchange") { request, account, exchange in
                    try await show(exchange, to: account, done: request.query["done"])
                },
                Endpoint(
                    .post, "/supplier/portal/exchanges/:exchange/acknowledgement", body: .collected(limit: 16_384)
                ) { (request, account, exchange: String) in
                    try await acknowledge(exchange, request, by: account)
                },
                Endpoint(
                    .post, "/supplier/portal/exchanges/:exchange/statements",
                    body: .streamed(limit: Website.largestForm)
                ) { (request, account, exchange: String) in
                    try await website.reading(request, from: account.visit) { form in
                        try await state(form, on: exchange, request, by: account)
                    }
                },
                Endpoint(.get, "/supplier/portal/exchanges/:exchange/files/:file") {
                    (request, account, exchange: String, file: String) in
                    try await fetch(file, of: exchange, for: account, request)
                },
            ]))
    }
}
