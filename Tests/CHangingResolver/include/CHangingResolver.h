// A name server that does not answer: names below `hangs.invalid` are looked up until released, others as usual.
//
// The test program's own `getaddrinfo` comes before the C library's for libcurl too; there is no other way to a slow
// look-up without touching the machine's settings.
#ifndef C_HANGING_RESOLVER_H
#define C_HANGING_RESOLVER_H

// How many look-ups hang now.
int hanging_resolver_count(void);
// Lets those that hang now end, without an address.
void hanging_resolver_release(void);

#endif
