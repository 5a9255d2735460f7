import JSON
import JSONPath
import Testing

/// Slices and indexes, all of them: every start, end and step around a short list, beside the words of the standard.
@Suite("JSONPath: slices", .timeLimit(.minutes(1)))
struct SliceTests {
    /// RFC 9535 section 2.3.4.2.2, step by step.
    private func selected(_ count: Int, _ start: Int?, _ end: Int?, _ step: Int) -> [Int] {
        guard step != 0 else { return [] }
        func normalized(_ index: Int) -> Int { index >= 0 ? index : count + index }
        let (first, last) = (
            normalized(start ?? (step > 0 ? 0 : count - 1)), end.map(normalized) ?? (step > 0 ? count : -count - 1)
        )
        var found: [Int] = []
        if step > 0 {
            let (lower, upper) = (min(max(first, 0), count), min(max(last, 0), count))
            var place = lower
            while place < upper {
                found.append(place)
                place += step
            }
        } else {
            let (upper, lower) = (min(max(first, -1), count - 1), min(max(last, -1), count - 1))
            var place = upper
            while lower < place {
                found.append(place)
                place += step
            }
        }
        return found
    }

    @Test("every slice selects what the standard says, in its order", arguments: 0...4)
    func everySlice(count: Int) throws {
        let root = try document("[" + (0..<count).map(String.init).joined(separator: ",") + "]")
        let bounds: [Int?] = [nil] + (-6...6).map(Int?.some)
        for start in bounds {
            for end in bounds {
                for step in [nil, -3, -2, -1, 0, 1, 2, 3, 9] as [Int?] {
                    func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
                    let query = "$[\(text(start)):\(text(end))" + (step.map { ":\($0)" } ?? "") + "]"
                    let expected = selected(count, start, end, step ?? 1).map(String.init)
                    #expect(try values(query, root) == expected, "\(query) of \(count)")
                }
            }
        }
    }

    @Test("every index selects one element or none", arguments: 0...4)
    func everyIndex(count: Int) throws {
        let root = try document("[" + (0..<count).map(String.init).joined(separator: ",") + "]")
        for index in -6...6 {
            let place = index < 0 ? count + index : index
            let expected = (0..<count).contains(place) ? [String(place)] : []
            #expect(try values("$[\(index)]", root) == expected)
            #expect(try values("$[?@ == \(place)]", root) == expected)
            #expect(try paths("$[\(index)]", root) == expected.map { "$[\($0)]" })
        }
    }

    @Test(
        "what is no list has no elements",
        arguments: [#"{"0": 1}"#, #""abc""#, "5", "null", "true"])
    func otherValues(text: String) throws {
        let root = try document(text)
        for query in ["$[0]", "$[-1]", "$[:]", "$[::-1]", "$[0,1]"] { #expect(try values(query, root) == []) }
    }

    @Test(
        "the ends of what a number may be are numbers like others",
        arguments: [
            ("$[-9007199254740991:9007199254740991]", ["0", "1", "2"]),
            ("$[9007199254740991:-9007199254740991:-1]", ["2", "1", "0"]),
            ("$[::9007199254740991]", ["0"]), ("$[::-9007199254740991]", ["2"]),
            ("$[9007199254740991]", []), ("$[-9007199254740991]", []),
            ("$[1:9007199254740991:9007199254740991]", ["1"]),
        ])
    func extremes(query: String, expected: [String]) throws {
        #expect(try values(query, document("[0,1,2]")) == expected)
    }

    @Test("every beginning of a query is a query or is refused behind its end or at a fault inside")
    func truncated() throws {
        let queries = [
            "$.a['b'][0,-1][::2]..*", #"$..['a\u00e9\n', "b\"c"][?@.x >= -1.5e+3 && !(@.y == null || @[0])]"#,
            "$[?match(@.a, 'x.*') || length(@.b) < count(@..c) && value(@.d[*]) != \"e\"].f",
            "$[?@.a[?@.b[?@ == 'c']]]",
        ]
        for query in queries {
            let scalars = Array(query.unicodeScalars)
            #expect(throws: Never.self) { try JSONPathQuery.parse(query) }
            var refused = 0
            for count in 0..<scalars.count {
                let text = String(String.UnicodeScalarView(scalars[..<count]))
                do throws(JSONPathError) {
                    _ = try JSONPathQuery.parse(text)
                } catch {
                    refused += 1
                    #expect((1...(count + 1)).contains(error.position), "\(text)")
                    #expect(error.kind != .tooBig && error.kind != .range, "\(text): \(error)")
                }
            }
            #expect(refused > scalars.count / 2)
        }
    }
}
