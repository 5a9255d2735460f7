/// What the sandbox does where Altcraft's documentation leaves it open, and how much it keeps.
///
/// Every member that stands for an open question names the section of the documentation notes that says so; each is a
/// flag of the program, none is a guess in the code.
package struct SandboxOptions: Sendable {
    /// The one token that is accepted.
    package var token: String
    /// The HTTP status of an answer whose `error` is not 0.
    ///
    /// The page on the API says that 200 is the status of a working transport and is cut there; read so, an error
    /// comes with 200, which is also what a client gets wrong most easily.
    package var statusOnError = StatusOnError.ok
    /// The `error` of refusals that the documentation gives no code: unknown campaign, no such profile and so on.
    package var refusalCode = 400
    /// The `error` of a token that is not ours; only a missing one is documented (401).
    package var wrongTokenCode = 401
    /// A start for a profile that does not exist.
    package var unmatched = Verdict.error
    /// A start of a campaign or scenario that is switched off.
    package var inactive = Verdict.error
    /// A start for a profile without a fitting subscription; success means accepted, with nothing sent.
    package var unsubscribed = Verdict.success
    /// A start of a scenario without re-entry for a profile that is in it; success means accepted, with nothing done.
    package var reentry = Verdict.success
    /// A request without a Content-Type header; the format "must be indicated" there.
    package var missingContentType = Verdict.error
    /// Which matching modes the starts for one profile take.
    package var singleModes = SingleModes.listed
    /// How addresses are compared; normalization is not documented.
    package var emailCase = EmailCase.exact
    /// Which profile wins when email and phone of one request find different ones.
    package var emailPhone = EmailPhone.email
    /// How a batch tells of an element that no profile matches.
    package var batchUnmatched = BatchUnmatched.absent
    /// The order of a batch's result.
    package var resultOrder = ResultOrder.request
    /// How long a task runs, in seconds.
    package var taskSeconds = 1.0
    /// The status of a finished task; two copies of the documentation differ.
    package var taskFinalStatus = TaskFinalStatus.completed
    /// How task ids look; they are printed both ways.
    package var taskIDs = TaskIDs.prefixed
    /// What an XML request without `format` is answered with.
    package var xmlAnswer = XMLAnswer.xml
    /// Most bytes of a body.
    package var bodyLimit = 10 << 20
    /// Most bytes of a body with attachments.
    package var filesLimit = 100 << 20
    /// How many launches are kept for looking at.
    package var keptLaunches = 100_000
    /// Most bytes that kept launches take, all together; the oldest go first.
    package var keptBytes = 256 << 20
    /// What random choices come from.
    package var seed: UInt64 = 1

    /// The documented behaviour, with the defaults above.
    package init(token: String) {
        self.token = token
    }
}
