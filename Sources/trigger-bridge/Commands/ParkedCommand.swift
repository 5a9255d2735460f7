import ArgumentParser

/// `trigger-bridge parked`: the events that could not be launched.
struct ParkedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parked",
        abstract: "Lists, shows, redrives and discards the events that are parked.",
        discussion: """
            What can never succeed as it is, or has used up its attempts, waits in the queue `<broker.queue>.parked` with \
            the reason on it. The usual way: look, mend the mapping or the data, rehearse, send back.

              trigger-bridge parked list --config bridge.json
              trigger-bridge parked show 3f2a90c4d1e8b756 --config bridge.json
              trigger-bridge preview --parked 3f2a90c4d1e8b756 --config bridge.json
              trigger-bridge parked redrive --dry-run --config bridge.json
              trigger-bridge parked redrive --mapping order-paid --config bridge.json
              trigger-bridge parked discard 3f2a90c4d1e8b756 --config bridge.json

            All of them work while `run` is running or not. They never look into the source queue, and killed at any \
            moment they lose nothing. A message that the bridge has not parked is shown as not ours, and left alone. While \
            one of these commands holds messages, another one does not see them.

            Exit 0: done. Exit 1: something asked for was not there, or was not done. Exit 2: usage. Exit 4: the broker.
            """,
        subcommands: [
            ParkedListCommand.self, ParkedShowCommand.self, ParkedRedriveCommand.self, ParkedDiscardCommand.self,
        ]
    )
}
