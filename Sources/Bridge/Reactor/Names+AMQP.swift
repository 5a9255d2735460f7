package import AMQP

/// A message on its way to the broker.
package typealias OutgoingPublication = Publication
