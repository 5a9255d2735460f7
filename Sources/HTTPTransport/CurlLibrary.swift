import CCurl

/// libcurl as a whole: initialised once, and checked for what the transport's promises rest on.
enum CurlLibrary {
    /// What is wrong with this libcurl, nil when nothing is; evaluated once in the life of the process.
    ///
    /// libcurl is never uninitialised: the process ends with it.
    static let fault: HTTPTransportError? = {
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK else { return .initialisation }
        guard let info = unsafe curl_version_info(CURLVERSION_FIRST) else { return .initialisation }
        let features = unsafe info.pointee.features
        // Without it `getaddrinfo` runs on the caller's thread, and a sick name server stops the reactor.
        guard features & CURL_VERSION_ASYNCHDNS != 0 else { return .library(missing: "asynchronous name resolution") }
        guard features & CURL_VERSION_SSL != 0 else { return .library(missing: "TLS") }
        return nil
    }()

    /// libcurl's words for an error.
    static func text(_ code: CURLcode) -> String {
        guard let text = unsafe curl_easy_strerror(code) else { return "error \(code.rawValue)" }
        return unsafe String(cString: text)
    }
}
