/// Everything the checker can say, one code each; the codes are a contract with editors and pipelines.
///
/// What each means stands in ``sentence``, which the reference prints.
package enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    case syntax = "E101"
    case duplicateMember = "E102"
    case tooBig = "E103"
    case tooDeep = "E104"
    case wrongShape = "E105"
    case unreadable = "E106"
    case unlisted = "W107"
    case overlooked = "W108"
    case unknownKey = "E110"
    case twoInstructions = "E111"
    case unknownInstruction = "E112"
    case foreignCompanion = "E113"
    case missingPart = "E114"

    case pathSyntax = "E120"
    case notSingular = "E121"
    case atOutsideLoop = "E122"
    case placeholder = "E123"
    case pathType = "E124"
    case regularExpression = "E125"
    case looksLikePath = "W126"
    case loopOverOne = "W127"
    case sameForAllElements = "W128"
    case anchorInMatch = "W220"
    case pathNeverPresent = "W221"
    case memberNeverPresent = "W222"

    case valueNotInList = "E130"
    case unknownOperator = "E131"
    case emptyRange = "E132"
    case mixedAnythingBut = "E133"
    case wildcardSyntax = "E134"
    case contradiction = "E135"
    case patternTooBig = "E139"
    case alwaysTrue = "W136"
    case existsOnObject = "W137"
    case numericOnText = "W138"
    case nullPasses = "W139"

    case recipientIncomplete = "E140"
    case recipientForeign = "E141"
    case unknownMode = "E142"
    case unreachableAlternative = "W143"
    case modeNotTaken = "E144"
    case phoneForm = "W145"

    case launchTarget = "E150"
    case launchID = "E151"
    case tableID = "E152"

    case unknownVariable = "E160"
    case unusedVariable = "W161"
    case variableCircle = "E162"
    case unknownTable = "E163"
    case lookupWithoutDefault = "W164"
    case unusedTable = "W165"
    case constantLookup = "W166"

    case unknownFunction = "E170"
    case argument = "E171"
    case typesDoNotChain = "E172"
    case unknownName = "E173"
    case doubtfulPattern = "W174"

    case duration = "E180"
    case batchForScenario = "E182"
    case contentDiffers = "W184"
    case batchNeverFull = "W185"
    case constantKey = "E211"
    case keyWithoutElement = "E212"
    case uniqueByWithoutElement = "E213"

    case routingKey = "E190"
    case duplicateBinding = "W191"
    case coveredBinding = "W192"
    case exchangeWildcard = "W193"

    case duplicateName = "E230"
    case overlap = "W231"
    case unreachableMapping = "W232"
    case collidingKeys = "W233"
    case onlyAnID = "W234"
    case residual = "W240"
    case wantsEverything = "W241"

    case noTests = "W200"
    case failingTest = "E202"
    case unreachedBranch = "W203"
    case eventFile = "E204"
    case strayEdit = "W205"
    case doubtfulEdit = "W206"
    case repeatedTest = "W207"
    case emptyComparison = "W208"

    /// How grave the finding is: codes begin with E or W.
    package var severity: Diagnostic.Severity {
        rawValue.hasPrefix("E") ? .error : .warning
    }
}
