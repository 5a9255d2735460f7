import Functions
import JSON
import Mapping
import Testing

/// One specification, many uses: schema and reference say what the checker knows.
@Suite(.timeLimit(.minutes(1)))
struct SchemaTests {
    @Test(arguments: MappingSchema.Kind.allCases)
    func everyReferenceLeadsToADefinition(_ kind: MappingSchema.Kind) throws {
        let schema = try JSONDocument.parse(MappingSchema.text(kind)).root
        var places = [schema]
        var references = 0
        while let node = places.popLast() {
            if let reference = node["$ref"]?.string {
                references += 1
                #expect(JSONPointer(parsing: String(reference.dropFirst()))?.resolve(in: schema) != nil, "\(reference)")
            }
            places += node.members.map(\.value) + Array(node.elements)
        }
        #expect(references >= 2)
    }

    @Test func everyKeyHasItsDescriptionAndAnExampleThatIsJSON() throws {
        let schema = try JSONDocument.parse(MappingSchema.text(.mapping)).root
        for key in Specification.mapping.keys {
            let property = try #require(schema["properties"]?[key.name])
            #expect(property["description"]?.string?.hasPrefix(key.summary) == true)
            #expect(property["examples"]?.count == 1, "\(key.name): \(key.example)")
        }
        #expect(schema["required"]?.text() == #"["name","when","launch","recipient"]"#)
    }

    static let objects: [ObjectSpec] = [
        Specification.mapping, Specification.when, Specification.event, Specification.forEach, Specification.launch,
        Specification.recipient, Specification.attachment, Specification.subscriptionFilter, Specification.profile,
        Specification.startDelay, Specification.linkField, Specification.delivery, Specification.dedup,
        Specification.rate, Specification.batch, Specification.on, Specification.tests, Specification.test,
        Specification.expectation,
    ]

    @Test(arguments: objects)
    func examplesAreJSONAndSummariesAreSentences(_ object: ObjectSpec) {
        for key in object.keys {
            #expect((try? JSONDocument.parse(key.example)) != nil, "\(object.name).\(key.name): \(key.example)")
            #expect(key.summary.hasSuffix("."), "\(object.name).\(key.name)")
        }
        #expect(Set(object.keys.map(\.name)).count == object.keys.count)
    }

    @Test(arguments: Specification.instructions)
    func theExampleOfEveryInstructionCompiles(_ spec: InstructionSpec) {
        let keys = #"""
            "let": {"locale": "$.l"}, "tables": {"campaign_by_locale": {"ru-RU": 1}},
            "content": {"l": {"$var": "locale"}, "t": {"$lookup": "campaign_by_locale", "key": "a", "default": 1},
              "x": {"$each": "$.a[*]", "item": \#(spec.example)}}
            """#
        let diagnostics = Sample.compile(Sample.mapping(keys)).diagnostics
        #expect(diagnostics.filter { $0.severity == .error }.map(\.description) == [])
    }

    @Test func theExampleOfEveryTopLevelKeyCompiles() {
        for key in Specification.mapping.keys where !["fields"].contains(key.name) {
            var keys = "\"\(key.name)\": \(key.example)"
            if key.name == "let" { keys += #", "content": {"x": {"$var": "currency"}}"# }
            let diagnostics = Sample.compile(Sample.mapping(keys)).diagnostics.filter { $0.severity == .error }
            // Functions that need data of their own are described where they are written.
            #expect(diagnostics.filter { $0.code != .unknownFunction }.map(\.description) == [], "\(key.name)")
        }
    }

    @Test func theReferenceNamesEverything() {
        let text = MappingReference.text
        for key in Self.objects.dropLast(3).flatMap(\.keys)
        where key.name != "days" && key.name != "hours" && key.name != "minutes" {
            #expect(text.contains("`\(key.name)`"), "\(key.name)")
        }
        for function in FunctionCatalogue.all { #expect(text.contains("`\(function.name)`")) }
        for code in DiagnosticCode.allCases {
            #expect(text.contains("`\(code.rawValue)`") && code.sentence.hasSuffix("."))
        }
    }

    @Test func aPageIsRenewedBetweenItsMarks() {
        let page = "# Title\n\n\(MappingReference.beginning)\nold\n\(MappingReference.ending)\n\nafter\n"
        let renewed = MappingReference.renewed(page)
        #expect(renewed.hasPrefix("# Title\n\n\(MappingReference.beginning)\n") && renewed.hasSuffix("\n\nafter\n"))
        #expect(!renewed.contains("\nold\n") && MappingReference.renewed(renewed) == renewed)
        #expect(MappingReference.renewed("# Title").hasPrefix("# Title\n\(MappingReference.beginning)"))
    }
}
