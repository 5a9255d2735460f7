import Mapping

/// A launch as a mapping planned it; the relay's own plan is made of it.
typealias MappedLaunch = PlannedLaunch
