import JSON
import Moments
import Testing

@testable import Desk

@Suite("How far an exchange is on both sides")
struct ExchangeStandingTests {
    private static let now = Moment(seconds: 1_800_000_000)

    private func standing(
        _ state: SupplierState, ended: Bool = false, unsent: Bool = false, sent: Int? = nil, heard: Int? = nil
    ) -> ExchangeStanding {
        ExchangeStanding(
            reference: "OSL-1", state: state, hasEnded: ended, hasUnsent: unsent,
            lastSentAt: sent.map { Self.now - .seconds($0 * 60) },
            lastHeardAt: heard.map { Self.now - .seconds($0 * 60) })
    }

    @Test("What is told is read as it was")
    func roundTrip() throws {
        for one in [standing(.resolved, ended: true, sent: 3), standing(.inProgress, unsent: true, heard: 4)] {
            #expect(try JSON.parse(one.json.bytes()).read(ExchangeStanding.form) == one)
        }
    }

    @Test("Two sides are compared when all that was said has been heard, or is lost")
    func settled() {
        let own = standing(.inProgress, sent: 60, heard: 30)
        #expect(own.isSettled(with: standing(.resolved, sent: 30, heard: 60), at: Self.now))
        // Their clock goes a little after ours.
        #expect(own.isSettled(with: standing(.resolved, sent: 30, heard: 64), at: Self.now))
        #expect(!own.isSettled(with: standing(.resolved, sent: 30, heard: 66), at: Self.now), "ours is not read yet")
        #expect(!own.isSettled(with: standing(.resolved, sent: 20, heard: 60), at: Self.now), "theirs is not read yet")
        #expect(!own.isSettled(with: standing(.resolved, unsent: true, sent: 30, heard: 60), at: Self.now))
        #expect(!standing(.sent, unsent: true).isSettled(with: standing(.resolved), at: Self.now))
        #expect(!standing(.sent, sent: 14).isSettled(with: standing(.resolved, heard: 14), at: Self.now), "too soon")
        #expect(standing(.sent, sent: 1_441).isSettled(with: standing(.resolved), at: Self.now), "it is lost")
    }

    @Test("Who gave the ticket misses how it ended there, and that it has begun")
    func missed() {
        for state in [SupplierState.sent, .acknowledged, .inProgress, .waitingForUs] {
            for end in [SupplierState.resolved, .rejected, .withdrawn] {
                #expect(standing(state).missed(of: standing(end)) == end)
            }
            #expect(standing(state).missed(of: standing(.inProgress)) == (state == .sent ? .acknowledged : nil))
            #expect(standing(.resolved).missed(of: standing(state)) == nil)
        }
        #expect(standing(.acknowledged, ended: true).missed(of: standing(.resolved)) == nil)
    }

    @Test("Who works on it misses that it was closed or withdrawn")
    func missedEnd() {
        let open = standing(.resolved)
        #expect(open.missedEnd(of: standing(.resolved, ended: true)) == .closure)
        #expect(open.missedEnd(of: standing(.withdrawn, ended: true)) == .withdrawal)
        #expect(open.missedEnd(of: standing(.acknowledged)) == nil)
        #expect(standing(.resolved, ended: true).missedEnd(of: standing(.resolved, ended: true)) == nil)
    }
}
