import CCurl

/// One `curl_slist` of header lines, freed with the last transfer that uses it.
@safe final class HeaderList {
    /// What the list was made from, to find it again.
    let source: HTTPHeaders
    /// The first node; libcurl only borrows it (`CURLOPT_HTTPHEADER` does not copy), so the transfer keeps the object.
    let head: UnsafeMutablePointer<curl_slist>?

    /// Makes the list; nil when there is no memory.
    init?(_ headers: HTTPHeaders) {
        // "Name:" without a value removes a header that libcurl adds by itself. `Expect` would hold a long body
        // back for a second; the content type would be a form's.
        var lines = headers.lines + ["Expect:"]
        if !headers.namesContentType { lines.append("Content-Type:") }
        var head: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            // Copies the line; returns the head, or null, which leaves the list as it was.
            guard let grown = unsafe curl_slist_append(head, line) else {
                unsafe curl_slist_free_all(head)
                return nil
            }
            unsafe head = grown
        }
        source = headers
        unsafe self.head = head
    }

    deinit {
        unsafe curl_slist_free_all(head)
    }
}

/// The few header lists in use, found by equality.
///
/// A bridge has one or two kinds of headers; eight leave room for a reload in progress. The oldest is replaced.
struct HeaderLists {
    private static let most = 8
    private var lists: [HeaderList] = []

    /// A list for these headers, made only when none is equal; nil when there is no memory.
    mutating func list(for headers: HTTPHeaders) -> HeaderList? {
        // Arrays that share storage compare in one step: the usual case.
        if let known = lists.first(where: { $0.source == headers }) { return known }
        guard let made = HeaderList(headers) else { return nil }
        if lists.count == Self.most { lists.removeFirst() }
        lists.append(made)
        return made
    }
}
