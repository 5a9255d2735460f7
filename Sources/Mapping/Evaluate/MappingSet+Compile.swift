import JSON

extension MappingSet {
    /// Compiles files into a set, and says everything that is wrong with them.
    ///
    /// A file with an error is not in the set; the others are. Diagnostics are in the order of files and places.
    package static func compile(files: [SourceFile], options: CompileOptions = CompileOptions())
        -> (set: MappingSet, diagnostics: [Diagnostic])
    {
        var mappings: [Mapping] = []
        var diagnostics: [Diagnostic] = []
        for file in files {
            let (mapping, found) = compile(file, options: options)
            if let mapping { mappings.append(mapping) }
            diagnostics += found
        }
        let (set, found) = join(mappings, options: options)
        return (set, (diagnostics + found).sorted())
    }

    /// Makes a set of mappings that were compiled one by one, and says what is wrong between them.
    ///
    /// Of mappings with the same name only one is in the set: that whose file is called so, else the first.
    ///
    /// - Parameter lists: By the file of a mapping: where its test events hold lists, as its report says.
    package static func join(
        _ mappings: [Mapping], lists: [String: Set<[String]>] = [:], options: CompileOptions = CompileOptions()
    ) -> (set: MappingSet, diagnostics: [Diagnostic]) {
        var holders: [String: Mapping] = [:]
        for mapping in mappings.filter(\.hasNameOfFile) + mappings where holders[mapping.name] == nil {
            holders[mapping.name] = mapping
        }
        var unique: [Mapping] = []
        var diagnostics: [Diagnostic] = []
        for mapping in mappings {
            if let holder = holders[mapping.name], holder !== mapping {
                diagnostics.append(mapping.repeatsName(of: holder))
            } else {
                unique.append(mapping)
            }
        }
        let set = MappingSet(unique, options: options.request)
        diagnostics += SetChecker(mappings: set.mappings, lists: lists).diagnostics(residual: set.residual)
        return (set, diagnostics.sorted())
    }

    /// Compiles one file by itself.
    package static func compile(_ file: SourceFile, options: CompileOptions = CompileOptions())
        -> (mapping: Mapping?, diagnostics: [Diagnostic])
    {
        let compiler = MappingCompiler(file: file, options: options)
        let mapping = compiler.compile(file)
        return (mapping, compiler.findings.diagnostics.sorted())
    }
}
