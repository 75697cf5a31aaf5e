import DeskStore
import Mail
import Moments
import SeedTestSupport
import Testing

@testable import Routing

@Suite("What becomes of a mail after a try")
struct DeliveryRulesTests {
    private static let now = Moment(seconds: 1_800_000_000)

    private func outcome(of reply: SMTPReply, tries: Int = 0, since age: Duration = .zero) -> Delivery.Outcome {
        var delivery = Delivery()
        delivery.tries = tries
        delivery.firstTriedAt = tries > 0 ? Self.now - age : nil
        var chance = SystemRandomNumberGenerator()
        return DeliveryRules.outcome(of: reply, after: delivery, at: Self.now, using: &chance)
    }

    /// The pause after a temporary refusal, in seconds.
    private func pause(tries: Int, since age: Duration = .seconds(1)) -> Int64? {
        guard case .later(let at, _, false) = outcome(of: SMTPReply(451, "4.7.1", "later"), tries: tries, since: age)
        else { return nil }
        return at.duration(since: Self.now).components.seconds
    }

    @Test("A refusal for now is followed by longer and longer pauses, from five minutes to six hours, for five days")
    func temporary() throws {
        for (tries, least) in [(0, 300), (1, 600), (2, 1200), (6, 19_200), (7, 21_600), (40, 21_600)] {
            let found = try #require(pause(tries: tries))
            #expect((Int64(least)...Int64(least) * 11 / 10).contains(found), "after \(tries): \(found)")
        }
        #expect(pause(tries: 20, since: .seconds(5 * 86_400 - 1)) != nil)
        guard
            case .refused(let reason) = outcome(
                of: SMTPReply(451, "4.7.1", "later"), tries: 20, since: .seconds(5 * 86_400))
        else { return #expect(Bool(false), "five days are enough") }
        #expect(reason.contains("451"))
    }

    @Test("A refusal for good is the end, unless the server says that it is not the one for our mail")
    func permanent() {
        #expect(outcome(of: SMTPReply(550, "5.1.1", "nobody")) == .refused("550 5.1.1 nobody"))
        #expect(outcome(of: SMTPReply(554, "5.7.1", "spam")) == .refused("554 5.7.1 spam"))
        for text in ["Relay access denied", "relay not permitted", "Unable to relay"] {
            guard case .later = outcome(of: SMTPReply(554, "5.7.1", text)) else {
                return #expect(Bool(false), "\(text): the settings are at fault")
            }
        }
        #expect(outcome(of: SMTPReply(250, "2.0.0", "relayed")) == .sent)
        #expect(
            outcome(of: SMTPReply(550, "5.1.1", "no relay of that name")) == .refused("550 5.1.1 no relay of that name")
        )
    }

    @Test("What the server may have taken is sent once more, and then no more; what never got to it is not counted")
    func unsure() {
        var chance = SystemRandomNumberGenerator()
        var delivery = Delivery()
        let lost = SMTPFailure.ambiguous("it closed the connection")
        let first = DeliveryRules.outcome(of: lost, after: delivery, at: Self.now, using: &chance)
        guard case .later(let at, _, true) = first else { return #expect(first == nil) }
        #expect(at == Self.now + .seconds(900))
        delivery.isUnsure = true
        guard case .sentPerhaps = DeliveryRules.outcome(of: lost, after: delivery, at: at, using: &chance) else {
            return #expect(Bool(false), "it is not sent a third time")
        }
        // Whoever is lost may have been lost before the server had anything: that is not one of the two.
        delivery.isUnsure = false
        delivery.isCutShort = true
        guard case .later(_, _, true) = DeliveryRules.outcome(of: lost, after: delivery, at: at, using: &chance) else {
            return #expect(Bool(false), "it is sent once more")
        }
        guard
            case .later(_, _, true) = DeliveryRules.outcome(
                of: SMTPReply(451, "4.7.1", "later"), after: delivery, at: at, using: &chance)
        else { return #expect(Bool(false), "that a first one may have gone is not forgotten") }
        for failure in [SMTPFailure.unreachable("gone"), .misconfigured("wrong password")] {
            #expect(DeliveryRules.outcome(of: failure, after: delivery, at: at, using: &chance) == nil)
        }
    }
}
