/// The text of `--help` beyond the options; no line is longer than the help is wide.
enum Help {
    static let discussion = """
        For anybody who integrates Altcraft and wants to test without an account,
        with TriggerBridge or with anything else. It answers as the published
        documents say; where they say nothing, an option below decides.

        An account is a file like this:

          {"campaigns": [
             {"id": 84, "name": "Order paid", "active": true, "resource_id": 1,
              "message": {"subject": "Order {apicontent.order_id}",
                          "text": "Thank you, {_fname}!"}}],
           "scenarios": [{"id": 3, "name": "Abandoned cart", "active": true}],
           "profiles": [
             {"id": "60ae529b3f62fcdebdb159bb", "email": "john@example.com",
              "phone": "+79000000000",
              "fields": {"_fname": "John", "CRM_ID": "12345"}}]}

        Start it, launch something, look at what was launched (or at / in a
        browser):

          altcraft-sandbox --address 127.0.0.1:8090 --token secret \\
            --data account.json
          curl http://127.0.0.1:8090/api/v1.1/campaigns/triggers/start \\
            -H 'Content-Type: application/json' \\
            -d '{"token": "secret", "id": 84, "email": "john@example.com",
                 "content": {"order_id": "A-1"}}'
          curl http://127.0.0.1:8090/sandbox/launches

        Calls, under /api/v1.1/, with or without a slash at the end, as JSON or XML:

          campaigns/triggers/start, start_batch, start_batch_task,
          import_and_start, import_and_start_batch, import_and_start_batch_task,
          get; workflows/start, import_and_start, import_and_start_batch,
          import_and_start_batch_task, activate, deactivate; tasks/status.
          /trg/LINK/ADDRESS is the link of version 1.0; campaigns/triggers/get
          tells it as call_url.

        More of the account, all optional: "resources" ({id, name}); of a campaign
        "send_channel", "unconditional_sending", "trigger_type", "link"; of a
        scenario "reentry"; of a profile "subscriptions" ({channel, resource_id,
        status, email, phone, provider, subscription_id, custom_fields,
        priority}). A profile without subscriptions is subscribed to everything
        by its own address and number. custom_request knows $eq $ne $in $nin $gt
        $gte $lt $lte $exists $not $and $or $nor.

        Its own paths:

          GET    /                  the last launches with their messages, for a
                                    browser; /?hold does not come again
          GET    /sandbox/launches  recipient, target, content, time
                 ?campaign=84&scenario=3&profile_id=…&event_id=…&after=12&limit=9
          DELETE /sandbox/launches  forgets them
          GET    /sandbox/summary   how often what was launched for whom, and
                                    which custom_data.event_id more than once
          POST   /sandbox/faults    faults to come; GET lists them, DELETE ends
                                    them, DELETE /sandbox/faults/ID one

        Faults are rules. One request in ten fails for a minute, and every request
        for one recipient hangs:

          {"faults": [{"kind": "status", "status": 503, "retry_after": 2,
                       "share": 0.1, "seconds": 60},
                      {"kind": "hang", "recipient": "john@example.com"}]}

        Kinds: an HTTP status ("429") or status, 5xx, latency and slow
        (latency_ms), hang or timeout, cut, cut_before, reset, truncate, garbage,
        redirect, wrong_envelope, error (error, error_text). Scopes: share, after
        (so many requests), count, start_seconds, seconds, recipient, campaign,
        scenario, endpoint. "retry_after_form": "date" sends a date.
        "carried_out": true launches all the same, so that only the answer is
        lost. Short form, with shares that add up:

          {"rates": {"5xx": 0.05, "429": 0.05, "timeout": 0.01, "cut": 0.01},
           "latency_ms": 20}

        The last 100,000 launches are kept, or 256 MB of them (--keep, --keep-bytes);
        older ones are counted in the summary. The data file is written only with
        --save.

        Exit codes: 0 stopped by SIGTERM or SIGINT, 1 the address cannot be
        listened on, 2 usage or data file.
        """
}
