/// The text of `--help` beyond the options.
enum Help {
    static let discussion = """
        For anybody who integrates Altcraft and wants to test without an account, with TriggerBridge or with anything \
        else. It answers as the published documents say; where they say nothing, an option below decides.

        An account is a file like this (resources, subscriptions and messages are optional):

          {"campaigns": [{"id": 84, "name": "Order paid", "active": true, "resource_id": 1,
                          "message": {"subject": "Order {apicontent.order_id}", "text": "Thank you, {_fname}!"}}],
           "scenarios": [{"id": 3, "name": "Abandoned cart", "active": true}],
           "profiles": [{"id": "60ae529b3f62fcdebdb159bb", "email": "john@example.com", "phone": "+79000000000",
                         "fields": {"_fname": "John", "CRM_ID": "12345"}}]}

        Start it, launch something, and look at what was launched:

          altcraft-sandbox --address 127.0.0.1:8090 --token secret --data account.json
          curl http://127.0.0.1:8090/api/v1.1/campaigns/triggers/start -H 'Content-Type: application/json' \\
            -d '{"token": "secret", "id": 84, "email": "john@example.com", "content": {"order_id": "A-1"}}'
          curl http://127.0.0.1:8090/sandbox/launches

        Its own paths:

          GET /sandbox/launches      what was launched: recipient, target, content, time (?campaign=84&after=12&limit=10
                                     &event_id=…&profile_id=…&scenario=3); DELETE forgets
          GET /sandbox/summary       how often what was launched, for whom, and for which custom_data.event_id:
                                     events launched more than once are listed
          POST /sandbox/faults       faults to come; GET lists them, DELETE ends them (/sandbox/faults/ID one)

        Faults are rules. One in ten requests fails with 503 for a minute, and every request of one recipient hangs:

          {"faults": [{"kind": "status", "status": 503, "retry_after": 2, "share": 0.1, "seconds": 60},
                      {"kind": "hang", "recipient": "john@example.com"}]}

        Kinds: status, 5xx, 429 (or any status), latency and slow (latency_ms), hang (or timeout), cut, cut_before,
        reset, truncate, garbage, redirect, wrong_envelope, error (error, error_text).
        Scopes: share, after (requests), count, start_seconds, seconds, recipient, campaign, scenario, endpoint.
        "carried_out": true launches all the same, so that only the answer is lost. Short form of shares that add up:

          {"rates": {"5xx": 0.05, "429": 0.05, "timeout": 0.01, "cut": 0.01, "garbage": 0.01}, "latency_ms": 20}

        Exit codes: 0 stopped by SIGTERM or SIGINT, 1 the address cannot be listened on, 2 usage or data file.
        """
}
