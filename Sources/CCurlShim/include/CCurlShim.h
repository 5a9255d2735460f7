// libcurl's variadic functions with one fixed type each: Swift cannot call a variadic C function, and a wrong
// argument type in one of these is silent memory corruption, so the C compiler checks it here.
#ifndef C_CURL_SHIM_H
#define C_CURL_SHIM_H

#include <curl/curl.h>

CURLcode curl_easy_set_long(CURL *easy, CURLoption option, long value);
CURLcode curl_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value);
// The text is copied by libcurl.
CURLcode curl_easy_set_text(CURL *easy, CURLoption option, const char *value);
// The pointer is kept by libcurl and must outlive its use.
CURLcode curl_easy_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode curl_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
CURLcode curl_easy_set_sink(CURL *easy, CURLoption option, curl_write_callback value);
CURLcode curl_easy_set_prerequest(CURL *easy, curl_prereq_callback value);

CURLcode curl_easy_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode curl_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
// The text belongs to libcurl, until the handle is used again.
CURLcode curl_easy_get_text(CURL *easy, CURLINFO info, const char **value);
// CURLINFO_PRIVATE.
CURLcode curl_easy_get_private(CURL *easy, void **value);

CURLMcode curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode curl_multi_set_socket_callback(CURLM *multi, curl_socket_callback value, void *context);

#endif
