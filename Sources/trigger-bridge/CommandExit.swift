/// How commands end; thrown once everything has been said.
enum CommandExit: Int32, Error {
    /// The files or events that were looked at have errors.
    case findings = 1
    /// The command line or the settings are wrong.
    case usage = 2
    /// The event cannot be used.
    case event = 3
    /// The broker lacks what is needed.
    case broker = 4
    /// The platform does not take what is needed.
    case platform = 5
}
