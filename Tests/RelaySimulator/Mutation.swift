/// A deliberate mistake in the bridge, which the simulator must notice.
///
/// The product holds no code for them. The simulation stands around the relay and corrupts what goes in and what comes
/// out, so that outside it looks like a relay with that mistake.
package enum Mutation: String, CaseIterable, Sendable {
    // What comes out.
    /// Acknowledges when the platform accepted, without waiting for the record.
    case acknowledgeBeforeRecord
    /// Settles a delivery a second time.
    case acknowledgeTwice
    /// Loses an acknowledgement.
    case forgetAcknowledgement
    /// Acknowledges the tag beside.
    case acknowledgeNeighbour
    /// Sends a request twice.
    case sendTwice
    /// Says that a publish is confirmed as soon as it is out.
    case confirmBeforePublish
    /// Sends the request without a committed intent.
    case skipIntent
    /// Takes a record for committed that never was.
    case loseRecord
    /// Keeps the channel when all should be given back.
    case keepChannel
    /// Never wakes up by itself.
    case stopTimer
    /// Sends the request of a batch twice.
    case sendBatchTwice
    /// Leaves one element out of a batch's request.
    case loseElement
    /// Leaves the intent in place when the launch was not made.
    case keepIntent

    // What goes in.
    /// Takes a busy platform for an accepted launch.
    case busyIsAccepted
    /// Takes a refusal for an accepted launch.
    case refusalIsAccepted
    /// Takes a refusal for a busy platform.
    case refusalIsBusy
    /// Takes an unknown outcome for one that was certainly not carried out.
    case unknownIsBusy
    /// Takes a batch that is answered in part for one that is answered in full.
    case partIsWhole
    /// Takes a batch without an answer for one that was refused, so that its halves are sent again.
    case lostBatchIsRefused
    /// Takes a refused batch for one whose every launch is refused.
    case refusalIsEverybodys
    /// Takes a task that was begun for one that has ended.
    case taskIsLaunched
    /// Takes any outcome of a lost answer: never reports it.
    case dropAnswer
    /// Goes on after each probe, without a pause before it.
    case neverPause
    /// Finds nothing in the ledger.
    case blindLedger
    /// Puts each launch into a lane of its own.
    case forgetLane
    /// Launches what is too old.
    case forgetExpiry
    /// Takes each launch for a new one.
    case forgetKey
    /// Gives up after half the attempts.
    case halveAttempts
    /// Launches whomever.
    case forgetStagingList

    // What travels in headers.
    /// Loses the attempts that were spent.
    case forgetAttempts
    /// Loses what has not been evaluated of a list when the rest of it is.
    case forgetRest
    /// Loses one of the launches that are owed.
    case forgetOwed
}
