import Logging

/// How severe a line is.
typealias LineLevel = Logger.Level
