import CCurl
import CCurlShim

// What came of a transfer that libcurl has ended.
extension Transfer {
    /// The result; call once, before the handle is used again.
    func result(_ code: CURLcode) -> HTTPResult {
        guard code == CURLE_OK else {
            evidence.proxyAnswered = number(CURLINFO_HTTP_CONNECTCODE) != 0
            // libcurl words its own stop as "aborted by callback", which tells an operator nothing.
            let detail = evidence.resendStopped ? "a reused connection ended without an answer" : detail(code)
            return TransferVerdict.result(code: code, evidence: evidence, detail: detail)
        }
        let status = number(CURLINFO_RESPONSE_CODE)
        // A connection that ends within the headers, or after an informational answer, is a success to libcurl.
        guard headEnded, status >= 200 else {
            return .maybeWritten(HTTPFailure(reason: .cut, detail: "the answer ended within its headers"))
        }
        return .response(
            HTTPResponse(
                status: status,
                contentType: text(CURLINFO_CONTENT_TYPE),
                retryAfter: retryAfter,
                body: takeAnswer(),
                date: date
            ))
    }

    /// libcurl reads the header in both its forms and makes a date relative; foreign nonsense is 0 or below.
    private var retryAfter: Duration? {
        var seconds: curl_off_t = 0
        guard unsafe curl_easy_get_offset(easy, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK, seconds > 0 else {
            return nil
        }
        return .seconds(Int64(seconds))
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        guard unsafe curl_easy_get_long(easy, info, &value) == CURLE_OK else { return 0 }
        return value
    }

    /// Bytes that are not UTF-8 are replaced: what a header says is shown and compared, never sent on.
    private func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard unsafe curl_easy_get_text(easy, info, &value) == CURLE_OK, let value = unsafe value else { return nil }
        return unsafe String(cString: value)
    }
}
