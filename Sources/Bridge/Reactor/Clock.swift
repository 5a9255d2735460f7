import Glibc
import Poll
package import Relay

extension Moment {
    /// Reads both clocks.
    package static func now() -> Moment {
        var wall = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &wall)
        return Moment(monotonic: .now(), wallSeconds: Int64(wall.tv_sec))
    }
}
