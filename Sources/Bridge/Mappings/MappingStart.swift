package import Mapping
package import Telemetry

/// The mappings that a bridge starts with: those of the folder, and for a faulty file its last good version.
package struct MappingStart: Sendable {
    /// Why a bridge does not start with this folder.
    package struct Refused: Error {
        /// Everything that was found.
        package let diagnostics: [Diagnostic]
        /// The files that are faulty and have no last good version; empty where the folder itself cannot be used.
        package let files: [String]

        /// The last good versions that were there and are none any more, by the file's name.
        let unusable: [String: String]

        /// For each file why it stops the start, in a sentence.
        package var reasons: [String] {
            files.map { file in
                let lack =
                    unusable[file].map { ", and its last good version \($0) cannot be used" }
                    ?? " and has no last good version"
                return "\(file) cannot go live\(lack): "
                    + "the bridge does not start, as it would take its events for unwanted ones"
            }
        }
    }

    /// What is in force at the start, and what is refused.
    package let state: MappingState
    /// Everything that was found, the errors of refused files among it.
    package let diagnostics: [Diagnostic]
    let checker: MappingChecker
    let store: LastGoodFiles
    let kept: [String: [UInt8]]
    private let files: [MappingCheck]
    private let lastGood: MappingState

    /// Reads the folder, checks and tests all of it, and takes last good versions where they are needed.
    ///
    /// - Throws: ``Refused`` for a folder that cannot be read or holds no mapping, and where a faulty file has no last
    ///   good version: its events would be taken for unwanted ones, and would be gone.
    package static func load(
        _ checker: MappingChecker, store: LastGoodFiles, usesLastGood: Bool = true
    ) throws(Refused) -> MappingStart {
        var checker = checker
        switch checker.look() {
        case .nothing(let diagnostic): throw Refused(diagnostics: [diagnostic], files: [], unusable: [:])
        case .files(let files):
            return try MappingStart(files, checker, store, kept: usesLastGood ? store.read() : [:])
        }
    }

    private init(
        _ files: [MappingCheck], _ checker: MappingChecker, _ store: LastGoodFiles, kept: [String: [UInt8]]
    ) throws(Refused) {
        self.kept = kept
        lastGood = MappingState(live: MappingStart.lastGood(kept, files, checker.options))
        let lists = Dictionary(files.map { ($0.file.name, $0.lists) }) { $0.union($1) }
        let between = MappingSet.join(files.compactMap(\.good), lists: lists, options: checker.options).diagnostics
        diagnostics = (files.flatMap(\.diagnostics) + between).sorted()
        state = MappingReload.decide(previous: lastGood, files: files).next
        self.files = files
        self.checker = checker
        self.store = store
        let lacking = MappingStart.lacking(state, files)
        guard lacking.isEmpty else {
            throw Refused(
                diagnostics: diagnostics, files: lacking,
                unusable: MappingStart.unusable(kept, lastGood, lacking, store))
        }
    }

    private init(_ start: MappingStart, state: MappingState) {
        self.state = state
        diagnostics = start.diagnostics
        checker = start.checker
        store = start.store
        kept = start.kept
        files = start.files
        lastGood = start.lastGood
    }

    /// The files of which nothing would be in force.
    private static func lacking(_ state: MappingState, _ files: [MappingCheck]) -> [String] {
        files.map(\.file.name).filter { state.live[$0] == nil }
    }

    /// Where the last good versions of these files lie that do not compile: damaged, or of an older bridge.
    private static func unusable(
        _ kept: [String: [UInt8]], _ lastGood: MappingState, _ names: [String], _ store: LastGoodFiles
    ) -> [String: String] {
        names.reduce(into: [:]) { unusable, name in
            let baseName = SourceFile(name: name, bytes: []).baseName
            guard kept[baseName] != nil, lastGood.live[name] == nil else { return }
            unusable[name] = "\(store.path)/\(baseName)"
        }
    }

    /// The bindings that the last good versions did not need: they may be ones that held a mapping back before a
    /// restart.
    ///
    /// None at a first start: what the broker lacks then stops it, and the consuming connection says so.
    var unprovenBindings: [TopologyPlan.Binding] {
        lastGood.live.isEmpty ? [] : state.bindings.subtracting(lastGood.bindings).sorted()
    }

    /// The start, where the broker does not take some of its bindings: the last good versions of those who need them.
    ///
    /// Where a file has none, all stays as it is, and the consuming connection says what the broker lacks.
    func without(_ unbindable: [TopologyPlan.Binding: String]) -> MappingStart {
        let next = MappingReload.decide(previous: lastGood, files: files, unbindable: unbindable).next
        return MappingStart.lacking(next, files).isEmpty ? MappingStart(self, state: next) : self
    }

    /// The versions kept for the files that are there; one that does not compile any more is none.
    private static func lastGood(
        _ kept: [String: [UInt8]], _ files: [MappingCheck], _ options: CompileOptions
    ) -> [MappingState.Live] {
        files.compactMap { check in
            guard let bytes = kept[check.file.baseName] else { return nil }
            if let good = check.good, check.file.bytes == bytes {
                return MappingState.Live(file: check.file, mapping: good)
            }
            let file = SourceFile(name: check.file.name, bytes: bytes)
            return MappingSet.compile(file, options: options).mapping.map {
                MappingState.Live(file: file, mapping: $0)
            }
        }
    }

    /// The mappings in force at the start.
    package var live: LiveMappings { state.liveMappings(checker.options) }

    /// What is to be told of the start: which files are refused.
    package var observations: [Observation] {
        state.refused.sorted { $0.key < $1.key }.map(\.value.observation)
    }
}

extension MappingState {
    /// The mappings in force, indexed for evaluation.
    func liveMappings(_ options: CompileOptions) -> LiveMappings {
        LiveMappings(MappingSet(mappings, options: options.request))
    }
}
