// Linux calls that Swift's Glibc module leaves out.
#ifndef C_LINUX_H
#define C_LINUX_H

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>

#endif
