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
        return (MappingSet(mappings, options: options.request), diagnostics.sorted())
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
