import Foundation
import TestSupport
import Testing

@testable import Altcraft

/// What is written by hand here, against somebody else's implementation of the same.
@Suite(.timeLimit(.minutes(1)))
struct EncodingOracleTests {
    @Test(arguments: Fuzzing.seeds(from: 1, count: 4))
    func base64IsFoundations(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...100, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let text = Base64.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(Attachment(name: "", mediaType: "", base64: text).byteCount == bytes.count)
        }
    }

    /// Whatever passes is base64 in the one form that writing it again gives.
    @Test(arguments: Fuzzing.seeds(from: 10, count: 4))
    func validBase64IsCanonical(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("AQgwBZ09+/==-_ \n")
        for _ in 0..<5_000 {
            let text = String((0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(alphabet, or: "A") })
            let decoded = Data(base64Encoded: text)
            #expect(Base64.isValid(text.utf8) == (decoded?.base64EncodedString() == text), "\(text)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 20, count: 4))
    func datesAreFoundations(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        let forms = ["EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy"]
        for _ in 0..<300 {
            let seconds = Int64.random(in: -2_000_000_000...200_000_000_000, using: &random)
            formatter.dateFormat = random.pick(forms, or: forms[0])
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(HTTPDate.seconds(Substring(text), now: 0) == seconds, "\(text)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 30, count: 4))
    func segmentsAreFoundations(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let unreserved = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@")
        for _ in 0..<300 {
            let scalars = (0..<Int.random(in: 1...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            guard !["", ".", ".."].contains(text) else { continue }
            let segment = PathSegment.encode(text)
            #expect(segment == text.addingPercentEncoding(withAllowedCharacters: unreserved))
            #expect(segment?.removingPercentEncoding == text)
        }
    }
}
