import HTTPTransport
import Poll

// Posts once to the address given and prints what became of it: proxy variables belong to a process, so what they do is
// seen in one of its own.

let transport = try HTTPTransport(HTTPTransportSettings())
let request = HTTPRequest(
    .post, url: CommandLine.arguments[1], headers: .none, body: [UInt8](#"{"id":1}"#.utf8), timeout: .seconds(10))
guard transport.submit(request, token: 1) else { fatalError("the transport is full with nothing in it") }
var set = PollSet()
var end: HTTPResult?
while end == nil {
    set.removeAll()
    transport.register(in: &set)
    _ = set.wait(milliseconds: 50)
    end = transport.process(set).first?.result
}
switch end {
case .response(let response): print("response \(response.status) \(String(decoding: response.body, as: UTF8.self))")
case .neverWritten(let failure): print("never written \(failure.reason)")
case .maybeWritten(let failure): print("maybe written \(failure.reason)")
case nil: break
}
