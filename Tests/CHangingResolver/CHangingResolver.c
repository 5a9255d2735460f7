#define _GNU_SOURCE
#include "CHangingResolver.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

// Long enough to see that somebody waits, short enough to end a test that fails.
enum { seconds_at_most = 20 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int hanging = 0;
static int releases = 0;

typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int hangs(const char *name) {
    static const char suffix[] = ".hangs.invalid";
    size_t length = name == NULL ? 0 : strlen(name);
    return length >= sizeof suffix - 1 && strcmp(name + length - (sizeof suffix - 1), suffix) == 0;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (!hangs(name)) {
        lookup *next = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
        return next == NULL ? EAI_SYSTEM : next(name, service, hints, result);
    }
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += seconds_at_most;
    pthread_mutex_lock(&mutex);
    hanging++;
    int seen = releases;
    while (releases == seen && pthread_cond_timedwait(&changed, &mutex, &end) == 0) {}
    hanging--;
    pthread_mutex_unlock(&mutex);
    return EAI_AGAIN;
}

int hanging_resolver_count(void) {
    pthread_mutex_lock(&mutex);
    int count = hanging;
    pthread_mutex_unlock(&mutex);
    return count;
}

void hanging_resolver_release(void) {
    pthread_mutex_lock(&mutex);
    releases++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}
