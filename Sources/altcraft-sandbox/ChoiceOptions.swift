import ArgumentParser
import Sandbox

extension Verdict: ExpressibleByArgument {}
extension StatusOnError: ExpressibleByArgument {}
extension SingleModes: ExpressibleByArgument {}
extension EmailCase: ExpressibleByArgument {}
extension EmailPhone: ExpressibleByArgument {}
extension BatchUnmatched: ExpressibleByArgument {}
extension ResultOrder: ExpressibleByArgument {}
extension TaskFinalStatus: ExpressibleByArgument {}
extension TaskIDs: ExpressibleByArgument {}
extension XMLAnswer: ExpressibleByArgument {}

/// What to do where Altcraft's documentation says nothing, or says two things.
struct ChoiceOptions: ParsableArguments {
    @Option(help: "HTTP status of an answer whose error is not 0.")
    var statusOnError = StatusOnError.ok

    @Option(help: "The error of refusals without a documented code: unknown campaign, no such profile, …")
    var refusalCode = 400

    @Option(help: "The error for a wrong token; 401 is documented for a missing one.")
    var wrongTokenCode = 401

    @Option(help: "A start for a profile that does not exist.")
    var unmatched = Verdict.error

    @Option(help: "A start of a campaign or scenario that is switched off.")
    var inactive = Verdict.error

    @Option(help: "A start for a profile without a fitting subscription (success: nothing is sent).")
    var unsubscribed = Verdict.success

    @Option(help: "A scenario without re-entry for a profile that is in it (success: nothing is done).")
    var reentry = Verdict.success

    @Option(help: "A request without a Content-Type header.")
    var missingContentType = Verdict.error

    @Option(help: "Matching modes of the starts for one profile: the four listed ones, or all eleven.")
    var singleModes = SingleModes.listed

    @Option(help: "Whether case matters in email addresses.")
    var emailCase = EmailCase.exact

    @Option(help: "Who wins when email and phone of email_phone find different profiles.")
    var emailPhone = EmailPhone.email

    @Option(help: "What a batch's result holds for an element that no profile matches (error: all is refused).")
    var batchUnmatched = BatchUnmatched.absent

    @Option(help: "The order of a batch's result.")
    var resultOrder = ResultOrder.request

    @Option(help: "How long a task runs, in seconds.")
    var taskSeconds = 1.0

    @Option(help: "The status of a finished task.")
    var taskFinalStatus = TaskFinalStatus.completed

    @Option(name: .customLong("task-ids"), help: "How task ids look: task_ and a UUID, or a bare one.")
    var taskIDs = TaskIDs.prefixed

    @Option(help: "The format of answers to XML requests that name none.")
    var xmlAnswer = XMLAnswer.xml

    func validate() throws {
        guard refusalCode != 0, wrongTokenCode != 0 else {
            throw ValidationError("an error code of 0 would mean success")
        }
        guard (0...86_400).contains(taskSeconds) else {
            throw ValidationError("--task-seconds must be from 0 to 86400")
        }
    }

    /// Writes the choices into the sandbox's options.
    func apply(to options: inout SandboxOptions) {
        options.statusOnError = statusOnError
        options.refusalCode = refusalCode
        options.wrongTokenCode = wrongTokenCode
        options.unmatched = unmatched
        options.inactive = inactive
        options.unsubscribed = unsubscribed
        options.reentry = reentry
        options.missingContentType = missingContentType
        options.singleModes = singleModes
        options.emailCase = emailCase
        options.emailPhone = emailPhone
        options.batchUnmatched = batchUnmatched
        options.resultOrder = resultOrder
        options.taskSeconds = taskSeconds
        options.taskFinalStatus = taskFinalStatus
        options.taskIDs = taskIDs
        options.xmlAnswer = xmlAnswer
    }
}
