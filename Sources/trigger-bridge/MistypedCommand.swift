import ArgumentParser
import EventPattern

/// Finds the command that somebody meant: the parser itself knows near names of flags only.
enum MistypedCommand {
    /// `there is no command "lsit": did you mean "trigger-bridge parked list"?`; nil where no command is near.
    static func hint(_ arguments: some Sequence<String>, of root: any ParsableCommand.Type) -> String? {
        var command = root
        var path = [name(of: root)]
        for argument in arguments {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !argument.hasPrefix("-") else { return nil }
            if let next = commands.first(where: { name(of: $0) == argument }) {
                command = next
                path.append(argument)
            } else if argument != "help" {
                guard let near = Spelling.nearest(argument, among: commands.map(name)) else { return nil }
                let meant = (path + [near]).joined(separator: " ")
                return "there is no command \"\(Printable.line(argument, most: 40))\": did you mean \"\(meant)\"?"
            }
        }
        return nil
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? command._commandName
    }
}
