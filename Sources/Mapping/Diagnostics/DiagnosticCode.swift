/// Everything the checker can say, one code each; the codes are a contract with editors and pipelines.
package enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    /// The file is no JSON.
    case syntax = "E101"
    /// An object names a member twice.
    case duplicateMember = "E102"
    /// The file is bigger than a mapping may be.
    case tooBig = "E103"
    /// The file is nested deeper than a mapping may be.
    case tooDeep = "E104"
    /// A value is not of the kind, or not in the range, that belongs at this place.
    case wrongShape = "E105"
    /// The file or folder cannot be read.
    case unreadable = "E106"
    /// No such key exists at this place.
    case unknownKey = "E110"
    /// An object holds two instructions.
    case twoInstructions = "E111"
    /// No such instruction exists.
    case unknownInstruction = "E112"
    /// The companion belongs to another instruction.
    case foreignCompanion = "E113"
    /// Something required is missing.
    case missingPart = "E114"

    /// A path breaks the grammar of RFC 9535.
    case pathSyntax = "E120"
    /// A path may select several values, and nothing says which are meant.
    case notSingular = "E121"
    /// `@` stands where there is no element.
    case atOutsideLoop = "E122"
    /// A placeholder in a text is not closed, or may select several values.
    case placeholder = "E123"
    /// A function in a path is given, or gives, the wrong type.
    case pathType = "E124"
    /// A regular expression is no I-Regexp.
    case regularExpression = "E125"
    /// `match` anchors by itself, so `^` and `$` in its pattern are characters or mistakes.
    case anchorInMatch = "W220"
    /// No test event has anything at this path.
    case pathNeverPresent = "W221"

    /// A condition's values do not stand in a list.
    case valueNotInList = "E130"
    /// No such operator exists.
    case unknownOperator = "E131"
    /// No number is in the range.
    case emptyRange = "E132"
    /// The values of `anything-but` are of different kinds.
    case mixedAnythingBut = "E133"
    /// A wildcard has two stars in a row or an escape that does not exist.
    case wildcardSyntax = "E134"
    /// A condition can never hold, or `$or` repeats a path of its surroundings.
    case contradiction = "E135"
    /// A pattern is nested too deep, or becomes too much when `$or` is multiplied out.
    case patternTooBig = "E139"
    /// A condition always holds.
    case alwaysTrue = "W136"
    /// `exists` asks about something that is an object in the test events.
    case existsOnObject = "W137"
    /// A numeric condition stands on what the test events show as text.
    case numericOnText = "W138"
    /// `anything-but` lets null pass.
    case nullPasses = "W139"

    /// A matching mode lacks one of its values.
    case recipientIncomplete = "E140"
    /// A value that belongs to another matching mode.
    case recipientForeign = "E141"
    /// No such matching mode exists.
    case unknownMode = "E142"
    /// An alternative that is never reached.
    case unreachableAlternative = "W143"
    /// The call that the mapping makes does not take this matching mode.
    case modeNotTaken = "E144"

    /// The launch names both or neither of campaign and scenario.
    case launchTarget = "E150"
    /// An id is no positive integer.
    case launchID = "E151"
    /// A table of ids holds something that is no positive integer.
    case tableID = "E152"

    /// No such variable exists.
    case unknownVariable = "E160"
    /// A variable is never used.
    case unusedVariable = "W161"
    /// Variables depend on each other in a circle.
    case variableCircle = "E162"
    /// No such table exists.
    case unknownTable = "E163"
    /// A look-up that parks the event when the table lacks the key.
    case lookupWithoutDefault = "W164"
    /// A table is never used.
    case unusedTable = "W165"

    /// No such function exists.
    case unknownFunction = "E170"
    /// An argument is missing or of the wrong type.
    case argument = "E171"
    /// A function is given what it does not take.
    case typesDoNotChain = "E172"
    /// No such zone, currency, locale or region exists.
    case unknownName = "E173"

    /// A duration is none that ISO 8601 knows.
    case duration = "E180"
    /// Altcraft has no call that takes several profiles into a scenario without importing them.
    case batchForScenario = "E182"
    /// Content that differs from person to person cannot travel in one batch.
    case contentDiffers = "W184"
    /// The deduplication key is the same for all events.
    case constantKey = "E211"
    /// The deduplication key is the same for all elements.
    case keyWithoutElement = "E212"

    /// A routing key breaks the rules of topic bindings.
    case routingKey = "E190"
    /// A binding stands twice.
    case duplicateBinding = "W191"
    /// A binding is covered by another one.
    case coveredBinding = "W192"

    /// Two files have the same name.
    case duplicateName = "E230"
    /// Two mappings can launch the same target for one event.
    case overlap = "W231"
    /// No binding of the queue delivers what the mapping waits for.
    case unreachableMapping = "W232"
    /// Deduplication keys of two mappings look alike, though each mapping counts for itself.
    case collidingKeys = "W233"
    /// The launch uses nothing of the event but its id.
    case onlyAnID = "W234"
    /// No condition of the mapping can be looked up, so it is tried for every event with its routing key.
    case residual = "W240"

    /// The mapping has no tests.
    case noTests = "W200"
    /// A test fails.
    case failingTest = "E202"
    /// No test reaches this branch.
    case unreachedBranch = "W203"
    /// The event file of a test is missing or is no event.
    case eventFile = "E204"

    /// How grave the finding is: codes begin with E or W.
    package var severity: Diagnostic.Severity {
        rawValue.hasPrefix("E") ? .error : .warning
    }
}
