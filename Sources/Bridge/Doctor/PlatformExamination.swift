import Altcraft
import Glibc
import HTTPTransport
import Poll

/// Asks the platform about campaigns, which launches nothing, in every form that the documents leave open.
///
/// Belongs to the thread that runs it; ends by its deadline whatever the platform does.
struct PlatformExamination {
    /// Most campaigns that are asked about.
    static let mostCampaigns = 100
    /// Questions under way at once: this is no load test.
    private static let inFlight = 4

    let plan: DoctorPlan
    let http: HTTPTransportSettings
    /// Makes the encoder of a form.
    let encoder: @Sendable (CallForm) -> RequestEncoder
    let token: APIToken
    let connectTimeout: Duration
    let timeout: Duration
    let deadline: MonotonicTime

    /// What is asked.
    private enum Question {
        case campaign(Int64)
        case form(CallForm)
    }

    /// Asks everything and waits for the answers.
    ///
    /// - Throws: when the process has no descriptors or memory left.
    func run() throws(HTTPTransportError) -> PlatformSight {
        var http = http
        http.keepsDate = true
        http.inFlightLimit = Self.inFlight
        let transport = try HTTPTransport(http)
        let questions = questions
        var sight = PlatformSight()
        sight.unasked = max(0, plan.campaigns.count - Self.mostCampaigns)
        var asked: [Int: Int64] = [:]
        var next = 0
        var poll = PollSet()
        while MonotonicTime.now() < deadline {
            while next < questions.count, transport.hasRoom {
                asked[next] = Self.wallMilliseconds
                submit(questions[next], UInt64(next), transport)
                next += 1
            }
            transport.start()
            poll.removeAll()
            transport.register(in: &poll)
            _ = poll.wait(milliseconds: wait(for: transport))
            for completion in transport.process(poll) {
                let place = Int(completion.token)
                note(completion.result, questions[place], asked: asked[place] ?? 0, in: &sight)
            }
            if transport.inFlight == 0, next == questions.count { break }
        }
        noteLate(questions, in: &sight)
        return sight
    }

    /// The settings' own form first: with a token that is refused the others do not matter.
    private var questions: [Question] {
        let forms = RequestOptions.TokenPlace.allCases.flatMap { token in
            [RequestOptions.TrailingSlash.never, .always].map { CallForm(token: token, slash: $0) }
        }
        return [.form(plan.form)] + plan.campaigns.prefix(Self.mostCampaigns).map { .campaign($0) }
            + forms.filter { $0 != plan.form }.map { .form($0) }
    }

    /// A question that cannot be written is never answered, and counts as late.
    private func submit(_ question: Question, _ number: UInt64, _ transport: HTTPTransport) {
        let (form, campaign) =
            switch question {
            case .campaign(let campaign): (plan.form, campaign)
            // Any number will do where no mapping names one: a platform that does not know it has taken the token.
            case .form(let form): (form, plan.campaigns.first ?? 1)
            }
        guard let encoded = try? encoder(form).encode(.campaign(campaign), token: token),
            let headers = try? HTTPHeaders(encoded.headers.map { (name: $0.name, value: $0.value) })
        else { return }
        let request = HTTPRequest(
            .post, url: encoded.url, headers: headers, body: encoded.body, connectTimeout: connectTimeout,
            timeout: timeout)
        _ = transport.submit(request, token: number)
    }

    private func wait(for transport: HTTPTransport) -> Int32 {
        let now = MonotonicTime.now()
        let end = min(deadline, transport.deadline(now: now) ?? deadline)
        return Int32(clamping: max(0, end.since(now).nanoseconds / 1_000_000) + 1)
    }

    private func note(_ result: HTTPResult, _ question: Question, asked: Int64, in sight: inout PlatformSight) {
        let now = Self.wallMilliseconds
        if case .response(let response) = result, sight.clock == nil, let date = response.date,
            let seconds = HTTPDate.seconds(date[...], now: now / 1000)
        {
            sight.clock = ClockReading(asked: asked, answered: now, platform: seconds)
        }
        let answer = PlatformAnswer(result, token: token, now: now / 1000)
        switch question {
        case .campaign(let campaign): sight.campaigns[campaign] = answer
        case .form(let form): sight.forms[form] = answer
        }
    }

    private func noteLate(_ questions: [Question], in sight: inout PlatformSight) {
        for question in questions {
            switch question {
            case .campaign(let campaign): sight.campaigns[campaign] = sight.campaigns[campaign] ?? .late
            case .form(let form): sight.forms[form] = sight.forms[form] ?? .late
            }
        }
    }

    private static var wallMilliseconds: Int64 {
        var wall = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &wall)
        return Int64(wall.tv_sec) * 1000 + Int64(wall.tv_nsec) / 1_000_000
    }
}

extension PlatformAnswer {
    /// What the end of a question means; a token that the platform quotes is masked.
    fileprivate init(_ result: HTTPResult, token: APIToken, now: Int64) {
        switch result {
        case .neverWritten(let failure), .maybeWritten(let failure): self = .failed(failure)
        case .response(let response):
            let answer = Answer(status: response.status, body: response.body)
            do throws(CampaignQuestionError) {
                self = .campaign(try CampaignInfo.read(answer, now: now))
            } catch {
                guard case .refused(let refusal) = error.outcome else {
                    self = .other(status: response.status, error.outcome)
                    return
                }
                self = .other(status: response.status, .refused(refusal.redacting(token)))
            }
        }
    }
}
