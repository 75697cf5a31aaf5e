import SeedTestSupport

/// One input: the first octet says what the others are to be taken for.
// Safe: the fuzzer, which has no other way in, lends the octets for the time of the call.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    let rest = Array(octets.dropFirst())
    switch octets.first {
    case 1: FuzzedValues.form(rest)
    case 2: FuzzedValues.response(rest)
    case 3: FuzzedValues.fields(rest)
    default: FuzzedRequests.check(octets)
    }
    return 0
}

@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ most: Int) -> Int

/// The next input: mostly one that the fuzzer makes from those that led somewhere, now and then one made from a sample
/// by what parsers stumble over.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateOneInput(
    _ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ most: Int, _ number: CUnsignedInt
) -> Int {
    var seed = Seed(number)
    guard let start, Int.random(in: 0..<8, using: &seed) == 0 || count < 2 else { return mutate(start, count, most) }
    let sample = FuzzSamples.all.randomElement(using: &seed) ?? []
    let octets = seed.mutate(
        Int.random(in: 0..<2, using: &seed) == 0 ? sample : Array(UnsafeBufferPointer(start: start, count: count)))
    for (place, octet) in octets.prefix(most).enumerated() { start[place] = octet }
    return min(octets.count, most)
}
