// What the C library offers about its heap beyond the standard; Swift's module of it leaves it out.
#include <malloc.h>
