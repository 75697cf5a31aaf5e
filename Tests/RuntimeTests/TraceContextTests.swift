import Runtime
import Testing

@Suite("A place in a trace")
struct TraceContextTests {
    private let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("A header is read and written back")
    func roundTrip() throws {
        let trace = try #require(TraceContext(traceparent: text))
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.spanID == "00f067aa0ba902b7")
        #expect(trace.flags == 1)
        #expect(trace.traceparent == text)
    }

    @Test("A child is another step of the same trace; a new trace is like no other")
    func children() throws {
        let trace = try #require(TraceContext(traceparent: text))
        let child = trace.child()
        #expect(child.traceID == trace.traceID && child.flags == trace.flags)
        #expect(child.spanID != trace.spanID)
        let fresh = TraceContext()
        #expect(TraceContext(traceparent: fresh.traceparent) == fresh)
        #expect(fresh.traceID != TraceContext().traceID)
    }

    @Test("A later version is read as far as it is known")
    func laterVersion() {
        #expect(TraceContext(traceparent: "01" + text.dropFirst(2) + "-more") != nil)
        #expect(TraceContext(traceparent: "01" + text.dropFirst(2)) != nil)
        #expect(TraceContext(traceparent: "01" + text.dropFirst(2) + "more") == nil)
    }

    @Test(
        "A malformed header is no place at all",
        arguments: [
            "", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0é",
        ])
    func malformed(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }
}
