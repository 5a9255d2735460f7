import CCurl

/// What was seen of a transfer that ended with a libcurl error.
struct TransferEvidence: Equatable {
    /// libcurl was about to write the request: name look-up, connecting, proxy and TLS were done.
    ///
    /// From `CURLOPT_PREREQFUNCTION`, which libcurl calls in front of every request it writes, and nowhere else. From
    /// here on the server may have read the request: whether the write itself came to pass is not asked, for no
    /// count of libcurl's is exact for a TLS connection.
    var reachedRequest = false
    /// The answer or its headers went over the limit, and so the transfer was ended from here.
    var answerTooBig = false
    /// libcurl wanted to send the request a second time and was stopped.
    var resendStopped = false
    /// A proxy answered `CONNECT`, so a receive error is its refusal.
    var proxyAnswered = false
}

/// The decision what a libcurl error means, as a pure function.
enum TransferVerdict {
    /// What is certain, and why.
    static func result(code: CURLcode, evidence: TransferEvidence, detail: String) -> HTTPResult {
        let written = evidence.reachedRequest
        let reason = written ? reasonAfterWrite(code, evidence) : reasonBeforeWrite(code, evidence)
        let failure = HTTPFailure(reason: reason, detail: detail)
        return written ? .maybeWritten(failure) : .neverWritten(failure)
    }

    private static func reasonBeforeWrite(_ code: CURLcode, _ evidence: TransferEvidence) -> HTTPFailure.Reason {
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: .badURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_PROXY: .proxy
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED: .tls
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .certificate
        case CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CRL_BADFILE: .certificate
        case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE: .connect
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: evidence.proxyAnswered ? .proxy : .connect
        case CURLE_ABORTED_BY_CALLBACK: .connect
        default: .local
        }
    }

    private static func reasonAfterWrite(_ code: CURLcode, _ evidence: TransferEvidence) -> HTTPFailure.Reason {
        if evidence.answerTooBig || code == CURLE_FILESIZE_EXCEEDED { return .answerTooBig }
        if evidence.resendStopped { return .cut }
        return switch code {
        case CURLE_OPERATION_TIMEDOUT: .timeout
        // An answer in HTTP/0.9 shape is reported as an unsupported protocol.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .notHTTP
        case CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_HTTP3: .notHTTP
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_WRITE_ERROR: .local
        // 65, 52, 55, 56, 18 and their like. A code of the connecting phase is here too: libcurl was about to send
        // the request again, and what ended its first try was a cut.
        default: .cut
        }
    }
}
