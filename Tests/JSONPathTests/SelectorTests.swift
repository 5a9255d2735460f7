import JSON
import JSONPath
import Testing

/// What segments and selectors take, and in which order (RFC 9535 sections 2.3 and 2.5).
@Suite("JSONPath: selectors", .timeLimit(.minutes(1)))
struct SelectorTests {
    /// A query, and the places that it selects.
    struct Case: Sendable, CustomTestStringConvertible {
        let query: String
        let paths: [String]

        init(_ query: String, _ paths: String...) {
            self.query = query
            self.paths = paths
        }

        var testDescription: String { query }
    }

    private static let order = """
        {"id": 7, "lines": [{"sku": "A", "n": 1}, {"sku": "B", "n": 2, "tags": ["x", "y"]}, {"sku": "C"}], "": {"": 0}, "a.b": 1, "0": "zero"}
        """

    @Test(
        "names and indexes",
        arguments: [
            Case("$", "$"), Case("$.id", "$['id']"), Case("$.ID"), Case("$.id.x"), Case("$['']", "$['']"),
            Case("$['']['']", "$['']['']"), Case("$['a.b']", "$['a.b']"), Case("$.a.b"),
            Case("$['0']", "$['0']"), Case("$[0]"), Case("$.lines['0']"), Case("$.lines[0]", "$['lines'][0]"),
            Case("$.lines[2].sku", "$['lines'][2]['sku']"), Case("$.lines[3]"),
            Case("$.lines[-1].sku", "$['lines'][2]['sku']"), Case("$.lines[-3]", "$['lines'][0]"), Case("$.lines[-4]"),
            Case("$.lines[9007199254740991]"), Case("$.lines[-9007199254740991]"),
            Case("$.lines['sku']"), Case("$.id[0]"), Case("$['id','id']", "$['id']", "$['id']"),
            Case("$['0','id','none']", "$['0']", "$['id']"),
            Case("$.lines[1,0,-1]", "$['lines'][1]", "$['lines'][0]", "$['lines'][2]"),
        ])
    func namesAndIndexes(_ example: Case) throws {
        #expect(try paths(example.query, document(Self.order)) == example.paths)
    }

    @Test(
        "wildcards and descendants, containers before what is in them",
        arguments: [
            Case("$.*", "$['id']", "$['lines']", "$['']", "$['a.b']", "$['0']"), Case("$.id.*"),
            Case("$.lines[1].*", "$['lines'][1]['sku']", "$['lines'][1]['n']", "$['lines'][1]['tags']"),
            Case("$.lines[*].n", "$['lines'][0]['n']", "$['lines'][1]['n']"),
            Case("$..n", "$['lines'][0]['n']", "$['lines'][1]['n']"),
            Case("$..[0]", "$['lines'][0]", "$['lines'][1]['tags'][0]"),
            Case("$..['']", "$['']", "$['']['']"),
            Case(
                "$.lines[1]..*", "$['lines'][1]['sku']", "$['lines'][1]['n']", "$['lines'][1]['tags']",
                "$['lines'][1]['tags'][0]", "$['lines'][1]['tags'][1]"),
            Case("$..none"), Case("$.id..*"), Case("$..tags..[1]", "$['lines'][1]['tags'][1]"),
            Case(
                "$..['n','sku']", "$['lines'][0]['n']", "$['lines'][0]['sku']", "$['lines'][1]['n']",
                "$['lines'][1]['sku']", "$['lines'][2]['sku']"),
            Case("$..[-1]", "$['lines'][2]", "$['lines'][1]['tags'][1]"),
            Case("$[*,'id']", "$['id']", "$['lines']", "$['']", "$['a.b']", "$['0']", "$['id']"),
        ])
    func wildcardsAndDescendants(_ example: Case) throws {
        #expect(try paths(example.query, document(Self.order)) == example.paths)
    }

    @Test(
        "filters take children of arrays and objects",
        arguments: [
            Case("$.lines[?@.n]", "$['lines'][0]", "$['lines'][1]"), Case("$.lines[?!@.n]", "$['lines'][2]"),
            Case("$[?@==7]", "$['id']"), Case("$[?@=='zero'||@==1]", "$['a.b']", "$['0']"),
            Case("$.lines[?@.n>1].sku", "$['lines'][1]['sku']"),
            Case("$.lines[?@.sku==$.lines[0].sku]", "$['lines'][0]"),
            Case("$.lines[?@.tags[?@=='y']].sku", "$['lines'][1]['sku']"),
            Case("$.lines[?count(@.*)==3]", "$['lines'][1]"),
            Case("$.lines[?@.n,?@.sku=='C']", "$['lines'][0]", "$['lines'][1]", "$['lines'][2]"), Case("$.id[?@]"),
            Case("$..[?@=='x']", "$['lines'][1]['tags'][0]"),
            Case("$..[?@.sku=='B'].tags[1]", "$['lines'][1]['tags'][1]"), Case("$[?@.*]", "$['lines']", "$['']"),
            Case("$.lines[?@['n']<=1||@['n']>=2]", "$['lines'][0]", "$['lines'][1]"),
        ])
    func filters(_ example: Case) throws {
        #expect(try paths(example.query, document(Self.order)) == example.paths)
    }

    @Test("slices take what a loop over the definition takes")
    func slices() throws {
        let root = try document("[0,1,2,3,4,5,6]")
        let bounds: [Int?] = [nil, -9, -8, -7, -6, -1, 0, 1, 3, 6, 7, 8, 9_007_199_254_740_991, -9_007_199_254_740_991]
        for start in bounds {
            for end in bounds {
                for step in [nil, 1, 2, 3, 7, 8, 0, -1, -2, -7, -8, 9_007_199_254_740_991, -9_007_199_254_740_991] {
                    let text =
                        "$[\(start.map(String.init) ?? ""):\(end.map(String.init) ?? ""):\(step.map(String.init) ?? "")]"
                    let found = try values(text, root).compactMap { Int($0) }
                    #expect(found == SelectorTests.slice(7, start, end, step ?? 1), "\(text)")
                }
            }
        }
    }

    /// RFC 9535 section 2.3.4.2.2, word for word.
    private static func slice(_ count: Int, _ start: Int?, _ end: Int?, _ step: Int) -> [Int] {
        guard step != 0 else { return [] }
        let start = start ?? (step >= 0 ? 0 : count - 1)
        let end = end ?? (step >= 0 ? count : -count - 1)
        let normalStart = start >= 0 ? start : count + start
        let normalEnd = end >= 0 ? end : count + end
        var taken: [Int] = []
        if step > 0 {
            let (lower, upper) = (min(max(normalStart, 0), count), min(max(normalEnd, 0), count))
            var place = lower
            while place < upper {
                taken.append(place)
                place += step
            }
        } else {
            let (upper, lower) = (min(max(normalStart, -1), count - 1), min(max(normalEnd, -1), count - 1))
            var place = upper
            while lower < place {
                taken.append(place)
                place += step
            }
        }
        return taken
    }

    @Test("slices of what is no array, or empty, take nothing", arguments: ["{\"0\":1}", "\"abc\"", "[]", "3", "null"])
    func emptySlices(_ text: String) throws {
        for query in ["$[:]", "$[::-1]", "$[0:9]", "$[-1:]"] {
            #expect(try paths(query, document(text)) == [])
        }
    }

    @Test("names compare by code points, escapes undone, nothing normalised")
    func names() throws {
        let root = try document(#"{"\u0061": 1, "é": 2, "e\u0301": 3, "\ud83d\ude00": 4, "\n": 5}"#)
        #expect(try values("$.a", root) == ["1"])
        #expect(try values("$.é", root) == ["2"])
        #expect(try values("$['e\u{301}']", root) == ["3"])
        #expect(try values("$.😀", root) == ["4"])
        #expect(try values(#"$['\n']"#, root) == ["5"])
        #expect(try paths("$.*", root) == ["$['a']", "$['é']", "$['e\u{301}']", "$['😀']", #"$['\n']"#])
    }

    @Test("the first of two members of one name is the one that a name takes")
    func duplicates() throws {
        let root = try document(#"{"a": 1, "a": 2}"#)
        #expect(try values("$.a", root) == ["1"])
        #expect(try values("$.*", root) == ["1", "2"])
    }

    @Test("the current value is where @ at the start begins, $ is the root everywhere")
    func current() throws {
        let root = try document(Self.order)
        let line = try #require(root["lines"]?.element(1))
        var budget = VisitBudget()
        func texts(_ query: String) throws -> [String] {
            try JSONPathQuery.parse(query, start: .either).evaluate(root: root, current: line, budget: &budget).map {
                $0.text()
            }
        }
        #expect(try texts("@.sku") == ["\"B\""])
        #expect(try texts("$.id") == ["7"])
        #expect(try texts("@.tags[?$.id == 7]") == ["\"x\"", "\"y\""])
        #expect(try texts("@") == [line.text()])
        let query = try JSONPathQuery.parse("@.tags[-1]", start: .current)
        #expect(try query.first(root: root, current: line, budget: &budget)?.string == "y")
        let several = try JSONPathQuery.parse("@.tags[*]", start: .current)
        #expect(try several.first(root: root, current: line, budget: &budget)?.string == "x")
        #expect(try query.first(root: root, current: root, budget: &budget) == nil)
    }

    @Test("documents of a thousand levels are walked without recursion")
    func deep() throws {
        let depth = 999
        let arrays = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        let root = try document(arrays)
        #expect(try nodes("$..[0]", root).count == depth)
        #expect(try nodes("$..[?@==1]", root).count == 1)
        let twins = try document("[\(arrays),\(arrays),\(arrays.replacing("1", with: "2"))]")
        #expect(try paths("$[?@==$[0]]", twins) == ["$[0]", "$[1]"])
    }
}
