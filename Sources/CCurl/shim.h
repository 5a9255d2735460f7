// libcurl as installed (pkg-config libcurl); what Swift cannot call of it is in CCurlShim.
#include <curl/curl.h>
