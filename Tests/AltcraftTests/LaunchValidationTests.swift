import JSON
import Testing

@testable import Altcraft

/// What no call takes, and what would do instead.
@Suite(.timeLimit(.minutes(1)))
struct LaunchValidationTests {
    private let john = Recipient.email("john@example.com")
    private let content = JSONValue.object([("a", .string("b"))])

    private func fault(
        _ launch: Launch, as form: CallForm = .single, options: RequestOptions = RequestOptions()
    ) -> LaunchFault? {
        do throws(LaunchFault) {
            try launch.validate(as: form, options: options)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Which call

    @Test(arguments: [
        (LaunchTarget.campaign(1), false, CallForm.single, Call.triggerStart),
        (.campaign(1), false, .batch, .triggerStartBatch), (.campaign(1), false, .task, .triggerStartBatchTask),
        (.campaign(1), true, .single, .triggerImportAndStart),
        (.campaign(1), true, .batch, .triggerImportAndStartBatch),
        (.campaign(1), true, .task, .triggerImportAndStartBatchTask), (.scenario(1), false, .single, .workflowStart),
        (.scenario(1), true, .single, .workflowImportAndStart),
        (.scenario(1), true, .batch, .workflowImportAndStartBatch),
        (.scenario(1), true, .task, .workflowImportAndStartBatchTask), (.link("x"), false, .single, .linkGet),
    ])
    func callOfLaunch(target: LaunchTarget, imports: Bool, form: CallForm, call: Call) throws {
        let profile = imports ? ProfileImport(fields: .object([])) : nil
        let launch = Launch(target: target, audience: .profile(john), profile: profile)
        #expect(try launch.validate(as: form, options: RequestOptions()) == call)
    }

    @Test func linkWithFieldsIsPosted() throws {
        let launch = Launch(
            target: .link("x"), audience: .profile(john),
            fields: [LinkField(name: "Order", value: .string("1"), option: .use)])
        #expect(try launch.validate(as: .single, options: RequestOptions()) == .linkPost)
    }

    @Test(arguments: [CallForm.batch, .task])
    func scenarioOfExistingProfilesHasNoBatch(form: CallForm) {
        let fault = fault(Launch(target: .scenario(1), audience: .profile(john)), as: form)
        #expect(fault?.kind == .scenarioBatch)
        #expect(fault?.instead?.contains("workflows/start") == true)
        #expect(fault?.instead?.contains("workflows/import_and_start_batch") == true)
    }

    @Test func linkHasNoBatch() {
        #expect(fault(Launch(target: .link("x"), audience: .profile(john)), as: .batch)?.kind == .linkBatch)
    }

    // MARK: Modes

    /// Every mode against every call that launches, by the table of the documents.
    @Test(arguments: Matching.allCases)
    func modeIsTakenWhereItsPageListsIt(mode: Matching) throws {
        let recipient = Recipient.example(mode)
        let taken: Set<Call> = Set(Call.allCases.filter { $0.modes.contains(mode) && !$0.isLink })
        for imports in [false, true] {
            for (target, form) in [LaunchTarget.campaign(1), .scenario(1)].flatMap({ target in
                CallForm.allCases.map { (target, $0) }
            }) {
                let profile = imports ? ProfileImport(fields: .object([])) : nil
                let launch = Launch(target: target, audience: .profile(recipient), profile: profile)
                guard let call = try? launch.call(as: form) else { continue }
                #expect((fault(launch, as: form) == nil) == taken.contains(call), "\(mode) by \(call)")
            }
        }
    }

    @Test func modesOfSingleCallsAreASetting() {
        let launch = Launch.campaign(1, .example(.emailSub))
        let fault = fault(launch)
        #expect(fault?.kind == .modeNotTaken(.emailSub, .triggerStart))
        #expect(
            fault?.description == "campaigns/triggers/start/ does not take matching \"email_sub\", only email, phone, "
                + "profile_id, custom; give the mapping delivery.batch, so that it goes by "
                + "campaigns/triggers/start_batch")
        #expect(self.fault(launch, options: RequestOptions(singleModes: .all)) == nil)
    }

    @Test func linkTakesOnlyEmail() {
        let launch = Launch(target: .link("x"), audience: .profile(.profile("1")))
        #expect(fault(launch)?.kind == .modeNotTaken(.profileID, .linkGet))
        #expect(fault(launch)?.instead == "search by email")
    }

    // MARK: Companions

    @Test(arguments: Matching.allCases)
    func eachCompanionIsNeeded(mode: Matching) {
        let whole = Recipient.example(mode)
        #expect(whole.faults.isEmpty)
        for companion in mode.facts.required {
            #expect(whole.without(companion).faults.map(\.kind) == [.companionMissing(mode, [companion])])
        }
        if !mode.facts.anyOf.isEmpty {
            #expect(whole.without(.email).faults.isEmpty && whole.without(.phone).faults.isEmpty)
            let neither = whole.without(.email).without(.phone)
            #expect(neither.faults.map(\.kind) == [.companionMissing(mode, [.email, .phone])])
        }
    }

    @Test(arguments: Matching.allCases)
    func otherCompanionsAreForeign(mode: Matching) {
        for companion in Companion.allCases where !mode.companions.contains(companion) {
            let kinds = Recipient.example(mode).adding(companion).faults.map(\.kind)
            #expect(kinds == [.companionForeign(mode, companion)])
        }
    }

    @Test func foreignCompanionSaysWhereItBelongs() {
        let recipient = john.adding(.provider)
        #expect(
            recipient.faults.first?.description
                == "matching \"email\" does not use provider; provider goes with push_sub")
    }

    @Test(arguments: [JSONValue.null, .bool(true), .array([]), .object([])])
    func fieldValueIsTextOrNumber(value: JSONValue) {
        let launch = Launch.campaign(1, Recipient(matching: .custom, fieldName: "CRM_ID", fieldValue: value))
        #expect(fault(launch)?.kind == .badValue(nil))
    }

    // MARK: Parts

    @Test func partsThatACallDoesNotTake() {
        let filter = SubscriptionFilter(.email("a@example.com"))
        let filtered = Launch.campaign(1, john).with { $0.subscriptionFilter = filter }
        #expect(fault(filtered) == nil)
        #expect(fault(filtered, as: .batch)?.kind == .partNotTaken(.subscriptionFilter, .triggerStartBatch))
        #expect(
            fault(filtered, as: .batch)?.instead
                == "drop delivery.batch, so that it goes by campaigns/triggers/start/")
        let narrowed = Launch.campaign(1, john.adding(.resourceID))
        #expect(fault(narrowed) == nil)
        #expect(fault(narrowed, as: .batch)?.kind == .partNotTaken(.resourceID, .triggerStartBatch))
    }

    @Test func filterDoesNotGoWithAQuery() {
        let query = JSONValue.object([("City", .string("Riga"))])
        let launch = Launch(
            target: .scenario(1), audience: .query(query), subscriptionFilter: SubscriptionFilter(.phone("+7900")))
        #expect(fault(launch)?.kind == .filterWithQuery)
    }

    @Test func linksTakeNothingButFields() {
        let link = Launch(target: .link("x"), audience: .profile(john))
        let faults: [(Launch, LaunchPart)] = [
            (link.with { $0.content = content }, .content), (link.with { $0.customData = content }, .customData),
            (link.with { $0.attachments = [Attachment(name: "a", mediaType: "b/c", base64: "")] }, .attachments),
            (link.with { $0.profile = ProfileImport(fields: .object([])) }, .profile),
            (link.with { $0.audience = .query(content) }, .query),
        ]
        for (launch, part) in faults {
            #expect(fault(launch)?.kind == .partNotTaken(part, .linkGet))
            #expect(fault(launch)?.instead?.contains("launch the campaign by its number") == true)
        }
    }

    @Test func fieldsBelongToLinks() {
        let launch = Launch.campaign(1, john).with {
            $0.fields = [LinkField(name: "a", value: .null, option: .keep)]
        }
        #expect(fault(launch)?.kind == .partNotTaken(.fields, .triggerStart))
    }

    @Test func delayOfAnImport() {
        let profile = ProfileImport(fields: .object([]), timeout: StartDelay(minutes: 5))
        let launch = Launch.campaign(1, john).with { $0.profile = profile }
        #expect(fault(launch) == nil)
        #expect(fault(launch, as: .batch) == nil)
        #expect(fault(launch, as: .task)?.kind == .partNotTaken(.timeout, .triggerImportAndStartBatchTask))
        let scenario = launch.with { $0.target = .scenario(1) }
        #expect(fault(scenario)?.kind == .partNotTaken(.timeout, .workflowImportAndStart))
    }

    @Test func queriesGoWithExistingProfilesOnly() {
        let launch = Launch(target: .campaign(1), audience: .query(.object([("a", .string("b"))])))
        #expect(fault(launch) == nil)
        #expect(fault(launch, as: .batch) == nil)
        let importing = launch.with { $0.profile = ProfileImport(fields: .object([])) }
        #expect(fault(importing)?.kind == .partNotTaken(.query, .triggerImportAndStart))
        #expect(fault(importing)?.instead == "drop profile, so that it goes by campaigns/triggers/start/")
    }

    @Test func contentIsAnObject() {
        for part in [LaunchPart.content, .customData, .profile] {
            let launch = Launch.campaign(1, john).with {
                switch part {
                case .content: $0.content = .array([])
                case .customData: $0.customData = .string("x")
                default: $0.profile = ProfileImport(fields: .null)
                }
            }
            #expect(fault(launch)?.kind == .badValue(part))
        }
    }

    @Test func allFaultsAreListed() {
        let launch = Launch.campaign(1, Recipient(matching: .custom, email: "a@example.com")).with {
            $0.content = .null
            $0.fields = [LinkField(name: "a", value: .null, option: .keep)]
        }
        #expect(launch.faults(as: .single, options: RequestOptions()).count == 5)
    }
}

extension Recipient {
    /// A recipient with all that its mode needs.
    static func example(_ mode: Matching) -> Recipient {
        (mode.facts.required + mode.facts.anyOf).reduce(Recipient(matching: mode)) { $0.adding($1) }
    }

    /// The recipient with one member more.
    func adding(_ companion: Companion) -> Recipient { changed(companion, companion.example) }
    /// The recipient with one member less.
    func without(_ companion: Companion) -> Recipient { changed(companion, nil) }

    private func changed(_ companion: Companion, _ value: JSONValue?) -> Recipient {
        var recipient = self
        switch companion {
        case .email: recipient.email = value?.string
        case .phone: recipient.phone = value?.string
        case .profileID: recipient.profileID = value?.string
        case .fieldName: recipient.fieldName = value?.string
        case .fieldValue: recipient.fieldValue = value
        case .provider: recipient.provider = value?.string
        case .subscriptionID: recipient.subscriptionID = value?.string
        case .resourceID: recipient.resourceID = value?.number?.int64
        }
        return recipient
    }
}
