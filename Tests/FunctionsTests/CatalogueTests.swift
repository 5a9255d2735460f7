import Functions
import JSON
import Testing

/// The catalogue, from which checker, schema and reference are made.
@Suite(.timeLimit(.minutes(1))) struct CatalogueTests {
    /// Every function that the language names.
    private static let names = """
        trim nonblank lowercase uppercase digits urlencode truncate replace email phone decimal integer round scale \
        money datetime date plus sha256 md5 join first last count sum unique limit string json bool
        """

    @Test func `All functions of the language are there, once each`() {
        let names = FunctionCatalogue.all.map(\.name)
        #expect(names.sorted() == Self.names.split(separator: " ").map(String.init).sorted())
    }

    @Test(arguments: FunctionCatalogue.all.map(\.name))
    func `The example of each function is true`(name: String) throws {
        let spec = try #require(FunctionCatalogue.spec(named: name))
        let before =
            switch spec.input {
            case .decimal: #""decimal","#
            case .instant: #""datetime","#
            default: ""
            }
        let outcome = try Pipes.run(spec.example.input, "[\(before)\(spec.example.call)]")
        #expect(outcome == spec.example.output.map(Outcome.value) ?? .missing)
    }

    @Test(arguments: FunctionCatalogue.all.map(\.name))
    func `Each function is described in whole sentences, its arguments too`(name: String) throws {
        let spec = try #require(FunctionCatalogue.spec(named: name))
        #expect(spec.summary.hasSuffix("."))
        #expect(spec.summary.first?.isUppercase == true)
        #expect(spec.parameters.allSatisfy { $0.summary.hasSuffix(".") })
        #expect(spec.parameters.count(where: \.isBare) <= 1)
        #expect(Set(spec.parameters.map(\.name)).count == spec.parameters.count)
    }

    @Test(arguments: FunctionCatalogue.all.map(\.name))
    func `Where an argument may stand bare, no other is required`(name: String) throws {
        let spec = try #require(FunctionCatalogue.spec(named: name))
        guard spec.parameters.contains(where: \.isBare) else { return }
        #expect(spec.parameters.allSatisfy { $0.isBare || !$0.isRequired })
    }
}
